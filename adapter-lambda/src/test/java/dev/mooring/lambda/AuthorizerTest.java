// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Acceptance;
import dev.mooring.Connection;
import dev.mooring.Handshake;
import dev.mooring.Message;
import dev.mooring.WebSocketApp;
import dev.mooring.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A REQUEST authorizer: who may connect is a policy, and what it says of a client every later event knows. */
class AuthorizerTest implements WebSocketApp {

    private static final String METHOD_ARN = "arn:aws:execute-api:eu-west-1:123456789012:abcdef1234/prod/$connect";

    private Function<Handshake, Authorization> authorizer = handshake -> Authorization.deny();
    private final List<Map<String, String>> seen = new ArrayList<>();
    private final TestFunction function =
            new TestFunction(this, builder -> builder.authorizer(handshake -> authorizer.apply(handshake)));

    @Override
    public Acceptance onConnect(Connection connection) {
        seen.add(connection.handshake().authorizer());
        return Acceptance.accept();
    }

    @Override
    public void onMessage(Connection connection, Message message) {
        seen.add(connection.handshake().authorizer());
    }

    @AfterEach
    void close() {
        function.close();
    }

    private String authorize() {
        return function.invoke(Events.read("authorizer.json"));
    }

    private static String policy(String effect) {
        return "\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":[{\"Action\":\"execute-api:Invoke\","
                + "\"Effect\":\"" + effect + "\",\"Resource\":\"" + METHOD_ARN + "\"}]}";
    }

    @Test
    void itSeesWhatTheClientPresents() {
        List<Handshake> presented = new ArrayList<>();
        authorizer = handshake -> {
            presented.add(handshake);
            return Authorization.deny();
        };
        authorize();
        Handshake handshake = presented.get(0);
        assertThat(handshake.header("authorization")).contains("Bearer s3cr3t-token");
        assertThat(handshake.sourceIp()).isEqualTo("192.0.2.1");
        assertThat(handshake.connectedAt()).hasToString("2026-11-21T10:20:30.123Z");
        assertThat(seen).isEmpty();
    }

    @Test
    void whoIsAllowedGetsAPolicyAndAContext() {
        authorizer = handshake -> Authorization.allow("ann", Map.of("plan", "\"gold\""));
        assertThat(authorize())
                .isEqualTo("{\"principalId\":\"ann\"," + policy("Allow") + ",\"context\":{\"plan\":\"\\\"gold\\\"\"}}");
        authorizer = handshake -> Authorization.allow("ann");
        assertThat(authorize()).isEqualTo("{\"principalId\":\"ann\"," + policy("Allow") + "}");
    }

    @Test
    void whoIsDeniedGetsAPolicyToo() {
        assertThat(authorize()).isEqualTo("{\"principalId\":\"denied\"," + policy("Deny") + "}");
        assertThat(function.log()).isEmpty();
    }

    @Test
    void whoIsUnauthorizedEndsTheInvocationWithTheMessageThatApiGatewayKnows() {
        authorizer = handshake -> Authorization.unauthorized();
        assertThatThrownBy(this::authorize).hasMessage("Unauthorized");
        assertThat(function.log()).isEmpty();
    }

    @Test
    void anAuthorizerThatThrowsEndsTheInvocationAndIsLogged() {
        authorizer = handshake -> {
            throw new IllegalStateException("no keys");
        };
        assertThatThrownBy(this::authorize)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no keys");
        assertThat(function.log())
                .singleElement()
                .asString()
                .startsWith("AUTHORIZE of connection L0SM9cOFvHcCIhw= failed, API Gateway request L0SOmFrdPHcFV_A=,"
                        + " Lambda request 6bc28136-xmpl-4365-b021-0ce6b2e64ab0: ")
                .contains("IllegalStateException: no keys")
                .doesNotContain("s3cr3t");
    }

    @Test
    void anAnswerThatApiGatewayWouldNotTakeIsAnError() {
        authorizer = handshake -> Authorization.allow("ann", Map.of("plan", "é".repeat(4_000)));
        assertThatIllegalArgumentException()
                .isThrownBy(this::authorize)
                .withMessage("The authorizer's answer has 8229 bytes, and API Gateway takes at most 8192: put less into"
                        + " the context.");
    }

    @Test
    void aFunctionWithoutAuthorizerSaysSo() {
        try (TestFunction without = new TestFunction(this)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> without.invoke(Events.read("authorizer.json")))
                    .withMessage("An authorizer's event came, but there is no authorizer: give authorizer(...) to the"
                            + " builder.");
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void aPrincipalHasAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Authorization.allow(""))
                .withMessage("A principal id must not be empty.");
    }

    @Test
    void whatItSaidOfAClientIsKnownToEveryLaterEvent() {
        authorizer = handshake -> Authorization.allow("ann", Map.of("plan", "gold"));
        Map<?, ?> answer = (Map<?, ?>) Json.parse(authorize());
        // as API Gateway does: the context and the principal come with the events that follow
        function.invoke(Events.connect("a")
                .replace(
                        "\"requestContext\": {",
                        "\"requestContext\": {\"authorizer\":{\"principalId\":"
                                + Json.write(answer.get("principalId")) + ",\"plan\":"
                                + Json.write(((Map<?, ?>) answer.get("context")).get("plan")) + "},"));
        function.invoke(Events.message("a"));
        assertThat(seen).hasSize(2).allSatisfy(context -> assertThat(context)
                .isEqualTo(Map.of("principalId", "ann", "plan", "gold")));
    }
}
