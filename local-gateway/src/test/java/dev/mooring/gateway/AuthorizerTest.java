// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A REQUEST authorizer decides before the function hears of a client. */
class AuthorizerTest extends GatewayTest {

    private static final String ARN = "arn:aws:execute-api:us-east-1:000000000000:local/dev/$connect";

    private final FakeApp authorizer = new FakeApp().on("$connect", allow("{}"));

    private LocalGateway startAuthorized(String... identitySources) throws IOException {
        return start(gateway().authorizer(authorizer, identitySources));
    }

    private static String allow(String context) {
        return answer("\"ann\"", statement("Allow", "\"execute-api:Invoke\"", "\"" + ARN + "\""), context);
    }

    private static String answer(String principalId, String statements, String context) {
        return "{\"principalId\":" + principalId + ",\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":["
                + statements + "]},\"context\":" + context + "}";
    }

    private static String statement(String effect, String actions, String resources) {
        return "{\"Effect\":\"" + effect + "\",\"Action\":" + actions + ",\"Resource\":" + resources + "}";
    }

    private void assertRefused(URI uri, int status) {
        assertThat(Client.refusal(uri)).isEqualTo(status);
        assertThat(app.events()).isEmpty();
    }

    @Test
    void whoIsAllowedIsLetInAndEveryEventSaysWhoItIs() throws Exception {
        authorizer.on("$connect", event -> {
            clock.advance(Duration.ofMillis(12));
            return allow("{\"plan\":\"gold\",\"level\":3,\"ratio\":1.50,\"admin\":true}");
        });

        Client.connect(startAuthorized().uri()).send("hello").close();

        Map<String, Object> context = Map.of(
                "principalId",
                "ann",
                "plan",
                "gold",
                "level",
                "3",
                "ratio",
                "1.50",
                "admin",
                "true",
                "integrationLatency",
                12L);
        for (String route : List.of("$connect", "$default", "$disconnect")) {
            assertThat(app.await(route).requestContext()).contains(entry("authorizer", context));
        }
        assertThat(authorizer.events().get(0).connectionId())
                .isEqualTo(app.await("$connect").connectionId());
    }

    @Test
    void theFunctionHasTheLastWord() throws Exception {
        app.on("$connect", "{\"statusCode\":402}");

        assertThat(Client.refusal(startAuthorized().uri())).isEqualTo(402);
    }

    @Test
    void eachClientIsAskedAboutAnew() throws Exception {
        URI uri = startAuthorized("route.request.querystring.token").uri();

        Client.connect(with(uri, "?token=a"));
        Client.connect(with(uri, "?token=a"));

        assertThat(authorizer.events()).hasSize(2);
    }

    @Test
    void theEventHasTheFieldsAndNoOthers() throws Exception {
        LocalGateway gateway = startAuthorized();
        try (RawClient client = RawClient.connect(with(gateway.uri(), "?token=a&token=b"), "X-Token: c")) {
            assertThat(client.status()).isEqualTo(101);
        }

        EventView event = authorizer.await("$connect");
        assertThat(event.json())
                .containsOnlyKeys(
                        "type",
                        "methodArn",
                        "headers",
                        "multiValueHeaders",
                        "queryStringParameters",
                        "multiValueQueryStringParameters",
                        "stageVariables",
                        "requestContext")
                .contains(
                        entry("type", "REQUEST"),
                        entry("methodArn", ARN),
                        entry("queryStringParameters", Map.of("token", "b")),
                        entry("multiValueQueryStringParameters", Map.of("token", List.of("a", "b"))),
                        entry("stageVariables", Map.of()));
        assertThat(event.headers())
                .contains(
                        entry("Connection", "upgrade"),
                        entry("Upgrade", "websocket"),
                        entry("content-length", "0"),
                        entry("X-Token", "c"));
        assertThat(event.map("multiValueHeaders")).contains(entry("X-Token", List.of("c")));
        assertThat(event.requestContext())
                .isEqualTo(requestContext(
                        event,
                        entry("routeKey", "$connect"),
                        entry("eventType", "CONNECT"),
                        entry("requestTime", "04/Mar/2026:05:06:07 +0000"),
                        entry("identity", Map.of("sourceIp", "127.0.0.1")),
                        entry("domainName", "localhost:" + gateway.uri().getPort())));
    }

    static List<String> policiesThatAllow() {
        return List.of(
                statement("Allow", "\"execute-api:Invoke\"", "\"*\""),
                statement("Allow", "\"*\"", "\"" + ARN + "\""),
                statement("Allow", "[\"s3:GetObject\",\"execute-api:*\"]", "[\"arn:aws:s3:::x\",\"" + ARN + "\"]"),
                statement("Allow", "\"execute-api:invoke\"", "\"arn:aws:execute-api:us-east-1:*:local/de?/*\""),
                statement("Allow", "\"*\"", "\"*\"") + "," + statement("Deny", "\"*\"", "\"*/prod/*\""));
    }

    @ParameterizedTest
    @MethodSource
    void policiesThatAllow(String statements) throws Exception {
        authorizer.on("$connect", answer("\"ann\"", statements, "null"));

        Client.connect(startAuthorized().uri());

        assertThat(app.await("$connect").map("requestContext").get("authorizer"))
                .isEqualTo(Map.of("principalId", "ann", "integrationLatency", 0L));
    }

    static List<String> policiesThatDoNot() {
        return List.of(
                statement("Deny", "\"execute-api:Invoke\"", "\"" + ARN + "\""),
                statement("Allow", "\"*\"", "\"*\"") + "," + statement("Deny", "\"*\"", "\"*/dev/*\""),
                statement("Allow", "\"execute-api:ManageConnections\"", "\"*\""),
                statement("Allow", "\"execute-api:Invoke\"", "\"" + ARN.replace("dev", "prod") + "\""),
                statement("Allow", "\"execute-api:Invoke\"", "\"arn.aws.execute-api.us-east-1.*\""));
    }

    @ParameterizedTest
    @MethodSource
    void policiesThatDoNot(String statements) throws Exception {
        authorizer.on("$connect", answer("\"ann\"", statements, "{}"));

        assertRefused(startAuthorized().uri(), 403);
    }

    @Test
    void theErrorUnauthorizedRefusesWith401() throws Exception {
        authorizer.on("$connect", event -> {
            throw new IllegalStateException("Unauthorized");
        });

        assertRefused(startAuthorized().uri(), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"the keys are not there", "unauthorized", "Unauthorized."})
    void anyOtherErrorRefusesWith500(String message) throws Exception {
        authorizer.on("$connect", event -> {
            throw new IllegalStateException(message);
        });

        assertRefused(startAuthorized().uri(), 500);
    }

    static List<String> noAnswer() {
        String allowed = statement("Allow", "\"*\"", "\"*\"");
        return List.of(
                "",
                "yes",
                "[]",
                "{\"statusCode\":401}",
                "{\"principalId\":\"ann\"}",
                "{\"principalId\":\"ann\",\"policyDocument\":[]}",
                answer("null", allowed, "{}"),
                answer("7", allowed, "{}"),
                answer("\"ann\"", "", "{}"),
                answer("\"ann\"", "true", "{}"),
                answer("\"ann\"", statement("Maybe", "\"*\"", "\"*\""), "{}"),
                answer("\"ann\"", statement("Allow", "[]", "\"*\""), "{}"),
                answer("\"ann\"", statement("Allow", "\"*\"", "null"), "{}"),
                answer("\"ann\"", allowed, "[]"),
                answer("\"ann\"", allowed, "{\"roles\":[\"admin\"]}"),
                answer("\"ann\"", allowed, "{\"role\":null}"),
                answer("\"ann\"", allowed, "{\"long\":\"" + "é".repeat(4096) + "\"}"));
    }

    @ParameterizedTest
    @MethodSource
    void noAnswer(String answer) throws Exception {
        authorizer.on("$connect", answer);

        assertRefused(startAuthorized().uri(), 500);
    }

    @Test
    void anAuthorizerThatTakesTooLongRefusesWith500() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        authorizer.on("$connect", event -> {
            clock.advance(Limits.INTEGRATION);
            FakeApp.await(end);
            return allow("{}");
        });

        assertRefused(startAuthorized().uri(), 500);
        end.countDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?token=", "?other=a", "?token=a&other="})
    void whoDoesNotPresentWhatIsAskedForIsRefusedWithoutAsking(String query) throws Exception {
        URI uri = startAuthorized("route.request.querystring.token", "route.request.querystring.other")
                .uri();

        assertRefused(with(uri, query), 401);
        assertThat(authorizer.events()).isEmpty();
    }

    @Test
    void aHeaderIsPresentedInAnyCase() throws Exception {
        URI uri = startAuthorized("route.request.header.X-Token").uri();

        try (RawClient refused = RawClient.connect(uri);
                RawClient client = RawClient.connect(uri, "x-token: a")) {
            assertThat(refused.status()).isEqualTo(401);
            assertThat(client.status()).isEqualTo(101);
        }
    }

    @Test
    void wrongSettingsAreToldAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gateway().authorizer(authorizer, "method.request.header.X"))
                .withMessage("Not an identity source: 'method.request.header.X'. Write route.request.header.NAME or"
                        + " route.request.querystring.NAME.");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        gateway().routes("$default").authorizer(authorizer).start())
                .withMessage("The authorizer is that of the route $connect, and there is no such route.");
    }
}
