// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.json.Json;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsTest extends GatewayTest {

    private LocalGateway gateway;
    private Client client;

    /** Connects a client. */
    private String connect() throws Exception {
        gateway = start();
        client = Client.connect(Client.HTTP.newWebSocketBuilder().header("User-Agent", "test"), gateway.uri());
        return app.await("$connect").connectionId();
    }

    private static void assertError(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains(type);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(Json.parse(answer.body())).isInstanceOfSatisfying(Map.class, body -> assertThat(body.get("message"))
                .asString()
                .isNotEmpty());
    }

    @Test
    void aPostReachesTheClient() throws Exception {
        String id = connect();

        HttpResponse<String> answer = Http.post(gateway, id, "héllo ☃ 🛶");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(client.receive()).isEqualTo("héllo ☃ 🛶");
    }

    @Test
    void anEmptyPostIsAnEmptyMessage() throws Exception {
        String id = connect();

        Http.post(gateway, id, "");

        assertThat(client.receive()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"@connections,=", "%40connections,%3D", "%40connections,%3d", "@connections,%3D"})
    void thePathMayBeEncodedOrNot(String connections, String pad) throws Exception {
        String id = connect();
        URI uri = URI.create(gateway.endpoint() + "/" + connections + "/" + id.replace("=", pad));

        assertThat(Http.send("POST", uri, BodyPublishers.ofString("hello")).statusCode())
                .isEqualTo(200);
        assertThat(client.receive()).isEqualTo("hello");
    }

    @Test
    void postsArriveInTheOrderTheyWereMade() throws Exception {
        String id = connect();
        for (int i = 0; i < 200; i++) {
            Http.post(gateway, id, Integer.toString(i));
        }

        for (int i = 0; i < 200; i++) {
            assertThat(client.receive()).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void aPostOf128KilobytesIsFineAndALargerOneTooLarge() throws Exception {
        String id = connect();

        assertThat(Http.post(gateway, id, "x".repeat(Limits.MESSAGE)).statusCode())
                .isEqualTo(200);
        assertThat(client.receive()).hasSize(Limits.MESSAGE);
        assertError(Http.post(gateway, id, "x".repeat(Limits.MESSAGE + 1)), 413, "PayloadTooLargeException");
        assertError(Http.post(gateway, id, "x".repeat(5_000_000)), 413, "PayloadTooLargeException");
        assertError(Http.post(gateway, id, "é".repeat(Limits.MESSAGE - 1)), 413, "PayloadTooLargeException");
    }

    @Test
    void aLargePostOfUnknownLengthIsTooLargeToo() throws Exception {
        String id = connect();
        byte[] part = new byte[10_000];
        Arrays.fill(part, (byte) 'x');

        HttpResponse<String> answer = Http.send(
                "POST", Http.connection(gateway, id), BodyPublishers.ofByteArrays(Collections.nCopies(20, part)));

        assertError(answer, 413, "PayloadTooLargeException");
    }

    @Test
    void bytesThatAreNotUtf8DoNotBreakTheClient() throws Exception {
        String id = connect();

        Http.send("POST", Http.connection(gateway, id), BodyPublishers.ofByteArray(new byte[] {(byte) 0xff, 'a'}));

        assertThat(client.receive()).isEqualTo("\ufffda");
    }

    @Test
    void aClientIsDescribedWithIsoDates() throws Exception {
        String id = connect();
        clock.advance(Duration.ofSeconds(90));
        client.send("hello");
        app.await("$default");

        HttpResponse<String> answer = Http.get(gateway, id);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(Json.parse(answer.body()))
                .isEqualTo(Map.of(
                        "connectedAt",
                        "2026-03-04T05:06:07.089Z",
                        "identity",
                        Map.of("sourceIp", "127.0.0.1", "userAgent", "test"),
                        "lastActiveAt",
                        "2026-03-04T05:07:37.089Z"));
    }

    @Test
    void aPostCountsAsActivity() throws Exception {
        String id = connect();
        clock.advance(Duration.ofSeconds(1));

        Http.post(gateway, id, "hello");

        assertThat(Http.get(gateway, id).body()).contains("\"lastActiveAt\":\"2026-03-04T05:06:08.089Z\"");
    }

    @Test
    void aDeleteClosesTheConnectionAndTheFunctionIsTold() throws Exception {
        String id = connect();

        HttpResponse<String> answer = Http.delete(gateway, id);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(client.awaitClose()).isEqualTo(new Client.Close(1000, "Connection Closed Normally"));
        Map<String, Object> context = app.await("$disconnect").requestContext();
        assertThat(context.get("connectionId")).isEqualTo(id);
        assertThat(context.get("disconnectStatusCode")).isEqualTo(1000L);
        assertThat(context.get("disconnectReason")).isEqualTo("Connection Closed Normally");
    }

    @Test
    void whatWasPostedBeforeADeleteStillArrives() throws Exception {
        String id = connect();

        Http.post(gateway, id, "goodbye");
        Http.delete(gateway, id);

        assertThat(client.receive()).isEqualTo("goodbye");
        assertThat(client.awaitClose().code()).isEqualTo(1000);
    }

    @Test
    void aClientThatLeftIsGone() throws Exception {
        String id = connect();
        client.close();
        app.await("$disconnect");

        assertError(Http.post(gateway, id, "hello"), 410, "GoneException");
        assertError(Http.get(gateway, id), 410, "GoneException");
        assertError(Http.delete(gateway, id), 410, "GoneException");
    }

    @Test
    void aDeletedClientIsGoneAtOnce() throws Exception {
        String id = connect();

        Http.delete(gateway, id);

        assertError(Http.post(gateway, id, "hello"), 410, "GoneException");
        assertError(Http.delete(gateway, id), 410, "GoneException");
    }

    @Test
    void aWellFormedIdThatNobodyHasIsGone() throws Exception {
        connect();

        assertError(Http.post(gateway, "R1kmxc2VNjMCFIA=", "hello"), 410, "GoneException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "R1kmxc2VNjMCFIA", "R1kmxc2VNjMCFI==", "R1kmxc2VNjMCFIA=x", "R1kmxc2VNjMCF+A="})
    void anIdOfAnotherFormIsABadRequest(String id) throws Exception {
        connect();

        assertError(Http.post(gateway, id, "hello"), 400, "BadRequestException");
        assertError(Http.get(gateway, id), 400, "BadRequestException");
        assertError(Http.delete(gateway, id), 400, "BadRequestException");
    }

    @Test
    void anIdThatWasEncodedTwiceIsForbidden() throws Exception {
        String id = connect();
        URI uri = URI.create(gateway.endpoint() + "/@connections/" + id.replace("=", "%253D"));

        assertError(Http.get(uri), 403, "ForbiddenException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/prod/@connections/", "/@connections/"})
    void anotherStageIsForbidden(String path) throws Exception {
        String id = connect();

        assertError(Http.get(gateway.endpoint().resolve(path + id)), 403, "ForbiddenException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/@connections", "/dev/@connections/"})
    void aRequestWithoutAnIdIsForbidden(String path) throws Exception {
        connect();

        assertError(Http.get(gateway.endpoint().resolve(path)), 403, "ForbiddenException");
    }

    @Test
    void anotherMethodIsForbidden() throws Exception {
        String id = connect();

        assertError(
                Http.send("PUT", Http.connection(gateway, id), BodyPublishers.ofString("hello")),
                403,
                "MissingAuthenticationTokenException");
    }

    @Test
    void aSignatureOfAnyKindIsFine() throws Exception {
        String id = connect();
        URI uri = Http.connection(gateway, id);

        try (RawClient request = RawClient.request(
                uri, RawClient.get(uri, List.of("Authorization: AWS4-HMAC-SHA256 nonsense", "X-Amz-Date: never")))) {
            assertThat(request.status()).isEqualTo(200);
        }
    }

    @Test
    void anOfferOfHttp2IsIgnored() throws Exception {
        String id = connect();
        URI uri = Http.connection(gateway, id);

        try (RawClient request = RawClient.request(
                uri,
                RawClient.get(
                        uri,
                        List.of(
                                "Connection: Upgrade, HTTP2-Settings",
                                "Upgrade: h2c",
                                "HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA")))) {
            assertThat(request.status()).isEqualTo(200);
        }
    }

    @Test
    void aPostWhileTheFunctionDecidesIsGone() throws Exception {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        app.on("$connect", event -> {
            try {
                status.complete(
                        Http.post(gateway, event.connectionId(), "too early").statusCode());
            } catch (Exception e) {
                status.completeExceptionally(e);
            }
            return FakeApp.OK;
        });

        connect();

        assertThat(status.join()).isEqualTo(410);
        assertThat(client.received()).isEmpty();
    }

    @Test
    void theEndpointIsMadeOfTheEventsDomainNameAndStage() throws Exception {
        String id = connect();
        Map<String, Object> context = app.await("$connect").requestContext();
        URI endpoint = URI.create("http://" + context.get("domainName") + "/" + context.get("stage"));

        assertThat(endpoint).isEqualTo(gateway.endpoint());
        assertThat(Http.get(gateway, id).statusCode()).isEqualTo(200);
    }

    @Test
    void aRefusedClientIsGone() throws Exception {
        app.on("$connect", "{\"statusCode\":403}");
        gateway = start();
        Client.refusal(gateway.uri());

        assertError(Http.post(gateway, app.await("$connect").connectionId(), "hello"), 410, "GoneException");
    }
}
