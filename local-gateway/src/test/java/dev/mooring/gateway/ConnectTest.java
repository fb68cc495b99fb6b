// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectTest extends GatewayTest {

    @Test
    void aClientIsLetInWhenTheFunctionSaysSo() throws Exception {
        Client client = Client.connect(start().uri());

        assertThat(app.await("$connect").requestContext().get("eventType")).isEqualTo("CONNECT");
        assertThat(client.socket().isOutputClosed()).isFalse();
    }

    @Test
    void theUpgradeWaitsForTheFunction() throws Exception {
        CountDownLatch answer = app.hold("$connect");
        URI uri = start().uri();

        CompletableFuture<Client> client = CompletableFuture.supplyAsync(() -> Client.connect(uri), Background.THREADS);
        app.await("$connect");
        assertThat(client).isNotDone();
        answer.countDown();

        assertThat(client.join()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 400, 401, 403, 404, 429, 500, 501, 503, 599})
    void aRefusedClientGetsTheFunctionsStatus(int status) throws Exception {
        app.on("$connect", "{\"statusCode\":" + status + ",\"body\":\"not for the client\"}");

        assertThat(Client.refusal(start().uri())).isEqualTo(status);
        assertThat(app.events("$disconnect")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "''", "no JSON", "[]", "{\"statusCode\":\"fine\"}", "{\"statusCode\":101}", "null"})
    void anAnswerWithoutAStatusRefusesWith502(String answer) throws Exception {
        app.on("$connect", answer);

        assertThat(Client.refusal(start().uri())).isEqualTo(502);
    }

    @Test
    void aFailureRefusesWith502() throws Exception {
        app.on("$connect", event -> {
            throw new IOException("the store is down");
        });
        LocalGateway gateway = start();

        try (RawClient client = RawClient.connect(gateway.uri())) {
            assertThat(client.status()).isEqualTo(502);
            assertThat(client.headers()).contains(entry("Content-Type", "application/json"));
        }
    }

    @Test
    void anErrorRefusesWith502() throws Exception {
        app.on("$connect", event -> {
            throw new StackOverflowError();
        });

        assertThat(Client.refusal(start().uri())).isEqualTo(502);
    }

    @Test
    void aFunctionThatTakesTooLongRefusesWith502() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        app.on("$connect", event -> {
            clock.advance(Limits.INTEGRATION);
            FakeApp.await(end);
            return FakeApp.OK;
        });

        assertThat(Client.refusal(start().uri())).isEqualTo(502);
        end.countDown();
    }

    @Test
    void withoutAConnectRouteEverybodyIsLetIn() throws Exception {
        LocalGateway gateway = start(gateway().routes("$default"));

        Client.connect(gateway.uri()).send("hello");

        assertThat(app.await("$default").body()).isEqualTo("hello");
        assertThat(app.events("$connect")).isEmpty();
    }

    @Test
    void theEventHasTheFieldsAndNoOthers() throws Exception {
        LocalGateway gateway = start();

        Client.connect(Client.HTTP.newWebSocketBuilder().header("User-Agent", "test"), gateway.uri());

        EventView event = app.await("$connect");
        assertThat(event.json())
                .containsOnlyKeys("headers", "multiValueHeaders", "requestContext", "isBase64Encoded")
                .contains(entry("isBase64Encoded", false));
        assertThat(event.requestId()).matches("[A-Za-z0-9_-]{15}=");
        assertThat(event.connectionId()).matches("[A-Za-z0-9_-]{15}=").isNotEqualTo(event.requestId());
        assertThat(event.requestContext())
                .isEqualTo(requestContext(
                        event,
                        entry("routeKey", "$connect"),
                        entry("eventType", "CONNECT"),
                        entry("requestTime", "04/Mar/2026:05:06:07 +0000"),
                        entry("identity", Map.of("userAgent", "test", "sourceIp", "127.0.0.1")),
                        entry("domainName", "localhost:" + gateway.uri().getPort())));
    }

    @Test
    void headersComeInTheClientsOwnCaseOnceSingleAndOnceMulti() throws Exception {
        URI uri = start().uri();

        try (RawClient client = RawClient.connect(uri, "x-lower: a", "X-UPPER: b", "Cookie: c=d", "x-Lower: e")) {
            assertThat(client.status()).isEqualTo(101);
        }

        EventView event = app.await("$connect");
        assertThat(event.headers())
                .contains(
                        entry("x-lower", "e"),
                        entry("X-UPPER", "b"),
                        entry("Cookie", "c=d"),
                        entry("Host", uri.getAuthority()),
                        entry("Sec-WebSocket-Version", "13"),
                        entry("X-Forwarded-For", "127.0.0.1"),
                        entry("X-Forwarded-Port", Integer.toString(uri.getPort())),
                        entry("X-Forwarded-Proto", "http"))
                .containsKeys("Sec-WebSocket-Key", "X-Amzn-Trace-Id");
        assertThat(event.map("multiValueHeaders"))
                .contains(entry("x-lower", List.of("a", "e")), entry("X-UPPER", List.of("b")));
    }

    @Test
    void theEventIsWithoutConnectionAndUpgrade() throws Exception {
        Client.connect(start().uri());

        List<String> names = app.await("$connect").headers().keySet().stream()
                .map(name -> name.toString().toLowerCase(Locale.ROOT))
                .toList();
        assertThat(names).doesNotContain("connection", "upgrade");
    }

    @Test
    void theQueryStringComesDecodedOnceSingleAndOnceMulti() throws Exception {
        Client.connect(with(start().uri(), "?token=a%26b&room=x&room=y&empty="));

        assertThat(app.await("$connect").json())
                .contains(
                        entry("queryStringParameters", Map.of("token", "a&b", "room", "y", "empty", "")),
                        entry(
                                "multiValueQueryStringParameters",
                                Map.of("token", List.of("a&b"), "room", List.of("x", "y"), "empty", List.of(""))));
    }

    @Test
    void theSubprotocolIsTheFunctionsChoice() throws Exception {
        app.on("$connect", "{\"statusCode\":200,\"headers\":{\"sec-websocket-protocol\":\"v2\"}}");

        Client client = Client.connect(Client.HTTP.newWebSocketBuilder().subprotocols("v1", "v2"), start().uri());

        assertThat(client.socket().getSubprotocol()).isEqualTo("v2");
        assertThat(app.await("$connect").headers()).contains(entry("Sec-WebSocket-Protocol", "v1, v2"));
    }

    @Test
    void theSubprotocolMayComeAsAMultiValueHeader() throws Exception {
        app.on("$connect", "{\"statusCode\":200,\"multiValueHeaders\":{\"Sec-WebSocket-Protocol\":[\"v1\"]}}");

        Client client = Client.connect(Client.HTTP.newWebSocketBuilder().subprotocols("v1", "v2"), start().uri());

        assertThat(client.socket().getSubprotocol()).isEqualTo("v1");
    }

    @Test
    void withoutTheFunctionsChoiceThereIsNoSubprotocol() throws Exception {
        URI uri = start().uri();

        try (RawClient client = RawClient.connect(uri, "Sec-WebSocket-Protocol: v1")) {
            assertThat(client.status()).isEqualTo(101);
            assertThat(client.headers()).doesNotContainKey("Sec-WebSocket-Protocol");
        }
    }

    @Test
    void otherHeadersOfTheFunctionDoNotReachTheClient() throws Exception {
        app.on("$connect", "{\"statusCode\":200,\"headers\":{\"Set-Cookie\":\"a=b\"}}");

        try (RawClient client = RawClient.connect(start().uri())) {
            assertThat(client.headers()).doesNotContainKey("Set-Cookie");
        }
    }

    @Test
    void compressionIsNotAgreedTo() throws Exception {
        try (RawClient client = RawClient.connect(start().uri(), "Sec-WebSocket-Extensions: permessage-deflate")) {
            assertThat(client.status()).isEqualTo(101);
            assertThat(client.headers()).doesNotContainKey("Sec-WebSocket-Extensions");
        }
    }

    @Test
    void aPlainGetIsToldToUpgrade() throws Exception {
        HttpResponse<String> answer = Http.get(start().endpoint());

        assertThat(answer.statusCode()).isEqualTo(426);
        assertThat(answer.headers().firstValue("Upgrade")).contains("websocket");
        assertThat(app.events()).isEmpty();
    }

    @Test
    void anotherStageIsForbidden() throws Exception {
        URI uri = start(gateway().stage("prod")).uri();

        assertThat(uri.getPath()).isEqualTo("/prod");
        assertThat(Client.refusal(uri.resolve("/dev"))).isEqualTo(403);
        assertThat(Client.refusal(uri.resolve("/"))).isEqualTo(403);
        assertThat(Client.refusal(uri.resolve("/prod/more"))).isEqualTo(403);
        assertThat(app.events()).isEmpty();
    }

    @Test
    void aSlashAfterTheStageIsFine() throws Exception {
        Client.connect(with(start().uri(), "/"));

        assertThat(app.await("$connect").requestContext().get("stage")).isEqualTo("dev");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1,Sec-WebSocket-Version: 13,",
        "HTTP/1.1,Sec-WebSocket-Version: 13,short",
        "HTTP/1.1,Sec-WebSocket-Version: 8,dGhlIHNhbXBsZSBub25jZQ==",
        "HTTP/1.0,Sec-WebSocket-Version: 13,dGhlIHNhbXBsZSBub25jZQ=="
    })
    void aBrokenHandshakeIsRefusedWithoutAskingTheFunction(String http, String version, String key) throws Exception {
        URI uri = start().uri();
        List<String> headers = List.of(
                "Connection: Upgrade",
                "Upgrade: websocket",
                version,
                key == null ? "X-Nothing: here" : "Sec-WebSocket-Key: " + key);

        String request = RawClient.get(uri, headers).replace("HTTP/1.1", http);
        try (RawClient client = RawClient.request(uri, request)) {
            assertThat(client.status()).isEqualTo(400);
        }
        assertThat(app.events()).isEmpty();
    }

    @Test
    void aClientThatLeavesWhileTheFunctionDecidesIsDisconnected() throws Exception {
        CountDownLatch answer = app.hold("$connect");
        URI uri = start().uri();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            String handshake = RawClient.get(uri, RawClient.HANDSHAKE);
            socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
            app.await("$connect");
            socket.setSoLinger(true, 0);
        }
        answer.countDown();

        EventView event = app.await("$disconnect");
        assertThat(event.connectionId()).isEqualTo(app.await("$connect").connectionId());
        assertThat(event.requestContext().get("disconnectStatusCode")).isEqualTo(1006L);
    }
}
