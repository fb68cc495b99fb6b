// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.Acceptance;
import dev.mooring.CloseReason;
import dev.mooring.Connection;
import dev.mooring.Handshake;
import dev.mooring.Message;
import dev.mooring.WebSocketApp;
import dev.mooring.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an app learns from API Gateway's events. */
class EventTest implements WebSocketApp {

    private final TestFunction function = new TestFunction(this);
    private String connectedId;
    private Handshake handshake;
    private Message message;
    private CloseReason reason;

    @Override
    public Acceptance onConnect(Connection connection) {
        connectedId = connection.id();
        handshake = connection.handshake();
        return Acceptance.accept();
    }

    @Override
    public void onMessage(Connection connection, Message message) {
        this.message = message;
    }

    @Override
    public void onDisconnect(Connection connection, CloseReason reason) {
        this.reason = reason;
    }

    @AfterEach
    void close() {
        function.close();
    }

    private void invoke(String file) {
        assertThat(function.invoke(Events.read(file))).isEqualTo("{\"statusCode\":200}");
    }

    @Test
    void aClientThatConnectsIsPresented() {
        invoke("connect.json");
        assertThat(connectedId).isEqualTo("L0SM9cOFvHcCIhw=");
        assertThat(handshake.header("origin")).contains("https://chat.example.com");
        assertThat(handshake.userAgent()).contains("Mozilla/5.0 (X11; Linux x86_64)");
        assertThat(handshake.headers()).hasSize(11);
        assertThat(handshake.query()).isEmpty();
        assertThat(handshake.authorizer()).isEmpty();
        assertThat(handshake.subprotocols()).isEmpty();
        assertThat(handshake.sourceIp()).isEqualTo("192.0.2.1");
        assertThat(handshake.connectedAt()).isEqualTo(Instant.ofEpochMilli(1795256430123L));
    }

    @Test
    void everyValueOfAHeaderOrParameterArrives() {
        invoke("connect-query-authorizer.json");
        assertThat(handshake.headers().get("cookie")).containsExactly("a=1", "b=2");
        assertThat(handshake.subprotocols()).containsExactly("chat.v2", "chat.v1");
        assertThat(handshake.query()).isEqualTo(Map.of("room", List.of("lobby", "garden"), "name", List.of("Zoë 🦊")));
        assertThat(handshake.sourceIp()).isEqualTo("2001:db8::1");
    }

    @Test
    void whatTheAuthorizerSaidArrivesAsText() {
        invoke("connect-query-authorizer.json");
        assertThat(handshake.authorizer())
                .containsExactly(
                        Map.entry("principalId", "user-7"),
                        Map.entry("tenant", "acme"),
                        Map.entry("level", "3"),
                        Map.entry("admin", "false"),
                        Map.entry("groups", "[\"a\",{\"b\":1}]"),
                        Map.entry("integrationLatency", "127"));
    }

    @Test
    void olderEventsHaveNullsAndSingleValuesOnly() {
        invoke("connect-old.json");
        assertThat(handshake.headers())
                .isEqualTo(Map.of(
                        "Host", List.of("abcdef1234.execute-api.eu-west-1.amazonaws.com"),
                        "Origin", List.of("https://chat.example.com")));
        assertThat(handshake.query()).isEmpty();
        assertThat(handshake.authorizer()).isEmpty();
        assertThat(handshake.sourceIp()).isEqualTo("192.0.2.1");
    }

    @Test
    void aClientConnectsNowWhereTheEventDoesNotSayWhen() {
        function.invoke("{\"requestContext\":{\"eventType\":\"CONNECT\",\"connectionId\":\"a\"}}");
        assertThat(handshake.connectedAt()).isEqualTo(function.clock.instant());
        assertThat(handshake.sourceIp()).isEmpty();
        assertThat(handshake.headers()).isEmpty();
    }

    @Test
    void singleValuesStandInForMissingMultipleOnes() {
        function.invoke("""
                {"requestContext":{"eventType":"CONNECT","connectionId":"a"},
                 "multiValueHeaders":{}, "headers":{"Origin":"https://x.example"},
                 "queryStringParameters":{"room":"lobby"}}""");
        assertThat(handshake.header("origin")).contains("https://x.example");
        assertThat(handshake.query("room")).contains("lobby");
    }

    @Test
    void aMessageArrivesAsItWasSent() {
        invoke("message.json");
        assertThat(message.text()).isEqualTo("{\"action\":\"say\",\"text\":\"hi \\\"all\\\" ë 🦊\"}");
        assertThat(message.routeKey()).isEqualTo("say");
        assertThat(message.id()).isEqualTo("L0SM-fcnPHcCIhw=");
    }

    @Test
    void aMessageWithoutBodyIsEmptyText() {
        invoke("message-default-without-body.json");
        assertThat(message.text()).isEmpty();
        assertThat(message.routeKey()).isEqualTo("$default");
    }

    @Test
    void aBodyInBase64IsBinary() {
        invoke("message-base64.json");
        assertThat(message.isBinary()).isTrue();
        assertThat(message.bytes()).containsExactly(0, 0xff, 0x80, 'h', 'i');
    }

    @Test
    void aBodyThatOnlyClaimsToBeBase64IsRefused() {
        String event = Events.read("message-base64.json").replace("AP+AaGk=", "s3cr3t!");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> function.invoke(event))
                .withMessage("The event says isBase64Encoded, but its body is not base64.");
    }

    @Test
    void aClientCannotDisconnectItselfByItsChoiceOfRoute() {
        invoke("connect.json");
        invoke("message-reserved-route.json");
        assertThat(message.routeKey()).isEqualTo("$disconnect");
        assertThat(reason).isNull();
    }

    @Test
    void aDisconnectSaysWhy() {
        invoke("connect.json");
        invoke("disconnect.json");
        assertThat(reason).isEqualTo(new CloseReason(1001, "Going away"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"disconnect-old.json", "disconnect-without-code.json"})
    void aDisconnectThatDoesNotSayWhyHasTheCodeForThat(String file) {
        invoke("connect.json");
        invoke(file);
        assertThat(reason).isEqualTo(new CloseReason(1005, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect.json",
                "connect-query-authorizer.json",
                "connect-old.json",
                "message.json",
                "message-base64.json",
                "disconnect.json",
                "disconnect-old.json"
            })
    void theOrderOfMembersAndThoseThatAreUnknownDoNotMatter(String file) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String text = Events.read(file);
        WebSocketEvent expected = WebSocketEventParser.parse(text, Instant.EPOCH);
        for (int i = 0; i < 20; i++) {
            String shuffled = Json.write(shuffled(Json.parse(text), random));
            assertThat(WebSocketEventParser.parse(shuffled, Instant.EPOCH))
                    .as("seed %d: %s", seed, shuffled)
                    .usingRecursiveComparison()
                    .ignoringCollectionOrder()
                    .isEqualTo(expected);
        }
    }

    private static Object shuffled(Object json, Random random) {
        if (!(json instanceof Map<?, ?> map)) {
            return json;
        }
        List<Map.Entry<?, ?>> members = new ArrayList<>(map.entrySet());
        Collections.shuffle(members, random);
        Map<Object, Object> shuffled = new LinkedHashMap<>();
        members.forEach(member -> shuffled.put(member.getKey(), shuffled(member.getValue(), random)));
        if (map.containsKey("connectionId") || map.containsKey("requestContext")) {
            shuffled.put("unknown", List.of(Map.of("eventType", "CONNECT"), 1, true));
        }
        return shuffled;
    }

    @Test
    void anyNumberOfBytesIsAnswered() {
        String text = "é".repeat(60_000);
        function.invoke(Events.message("a").replaceAll("\"body\": \".*\"", "\"body\": \"" + text + "\""));
        assertThat(message.bytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }
}
