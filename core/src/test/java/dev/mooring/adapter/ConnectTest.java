// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Acceptance;
import dev.mooring.Connection;
import dev.mooring.Handshake;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ConnectTest {

    private final Harbour harbour = new Harbour();

    @Test
    void anAcceptedConnectionCostsOneWrite() {
        harbour.onConnect = connection -> {
            connection.attributes().put("nick", "ann");
            connection.subscribe("lobby");
            connection.subscribe("news");
            return Acceptance.accept();
        };
        assertThat(harbour.engine.connect("a", harbour.handshake()).isAccepted())
                .isTrue();
        assertThat(harbour.backend.calls()).containsExactly("save");
        assertThat(harbour.attributes("a")).containsExactly(Map.entry("nick", "ann"));
        assertThat(harbour.members("lobby")).containsExactly("a");
    }

    @Test
    void aRejectedConnectionCostsNothingAndLeavesNothing() {
        harbour.onConnect = connection -> {
            connection.subscribe("lobby");
            return Acceptance.reject(401);
        };
        assertThat(harbour.engine.connect("a", harbour.handshake()).status()).isEqualTo(401);
        assertThat(harbour.backend.calls()).isEmpty();
        assertThat(harbour.members("lobby")).isEmpty();
    }

    @Test
    void anAppThatThrowsLeavesNothing() {
        harbour.onConnect = connection -> {
            throw new IllegalStateException("no");
        };
        assertThatThrownBy(() -> harbour.engine.connect("a", harbour.handshake()))
                .hasMessage("no");
        assertThat(harbour.backend.calls()).isEmpty();
    }

    @Test
    void theSameConnectTwiceIsHarmless() {
        harbour.connect("a");
        harbour.connect("a");
        assertThat(harbour.store().connections(null, 10).items()).containsExactly("a");
    }

    @Test
    void nothingCanBeSentBeforeTheAnswer() {
        for (var attempt : List.<Consumer<Connection>>of(
                connection -> connection.send("hi"),
                connection -> connection.reply("hi"),
                Connection::close,
                connection -> connection.publisher().send(connection.id(), "hi"),
                connection -> connection.publisher().close(connection.id()))) {
            harbour.onConnect = connection -> {
                attempt.accept(connection);
                return Acceptance.accept();
            };
            assertThatThrownBy(() -> harbour.engine.connect("a", harbour.handshake()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Nothing can be sent to connection a before onConnect has returned: the platform would"
                            + " call it gone. Send on the client's first message, and reject() instead of close().");
        }
        assertThat(harbour.sent).isEmpty();
    }

    @Test
    void othersCanBeToldOfItButItDoesNotHearItself() {
        harbour.onConnect = connection -> {
            connection.subscribe("lobby");
            connection.publisher().publish("lobby", connection.id() + " comes");
            return Acceptance.accept();
        };
        harbour.connect("a");
        harbour.connect("b");
        assertThat(harbour.sent).containsExactly("a<b comes");
    }

    @Test
    void theHandshakeIsKeptWithoutCredentials() {
        Handshake handshake = Handshake.at(harbour.now)
                .sourceIp("192.0.2.1")
                .headers(Map.of(
                        "Origin", List.of("https://example.com"),
                        "Authorization", List.of("Bearer secret"),
                        "COOKIE", List.of("session=secret"),
                        "Proxy-Authorization", List.of("secret"),
                        "Sec-WebSocket-Key", List.of("secret"),
                        "sec-websocket-protocol", List.of("chat, secret"),
                        "x-api-key", List.of("secret")))
                .query(Map.of("room", List.of("lobby", "news")))
                .authorizer(Map.of("principalId", "ann"))
                .build();
        harbour.onConnect = connection -> {
            assertThat(connection.handshake().header("authorization")).contains("Bearer secret");
            assertThat(connection.handshake().subprotocols()).containsExactly("chat", "secret");
            return Acceptance.accept("chat");
        };
        harbour.engine.connect("a", handshake);

        assertThat(harbour.store().find("a").orElseThrow().state()).doesNotContain("secret");
        harbour.onMessage(connection -> {
            assertThat(connection.subprotocol()).contains("chat");
            assertThat(connection.handshake().headers()).containsOnlyKeys("Origin");
            assertThat(connection.handshake().header("ORIGIN")).contains("https://example.com");
            assertThat(connection.handshake().query()).containsEntry("room", List.of("lobby", "news"));
            assertThat(connection.handshake().authorizer()).containsEntry("principalId", "ann");
            assertThat(connection.handshake().sourceIp()).isEqualTo("192.0.2.1");
            assertThat(connection.handshake().connectedAt()).isEqualTo(harbour.now);
        });
        harbour.message("a");
    }

    @Test
    void credentialsAreKeptWhereTheAppAsks() {
        Handshake handshake = Handshake.at(harbour.now)
                .headers(Map.of("Cookie", List.of("session=1"), "Authorization", List.of("Bearer x")))
                .build();
        harbour.onConnect = connection -> Acceptance.accept().keepingHeaders("cookie");
        harbour.engine.connect("a", handshake);
        harbour.onMessage(connection ->
                assertThat(connection.handshake().headers()).containsOnly(Map.entry("Cookie", List.of("session=1"))));
        harbour.message("a");
    }

    @Test
    void theRecordExpiresAfterTheTtl() {
        harbour.engine.connect("a", harbour.handshake());
        assertThat(harbour.store().find("a").orElseThrow().expiresAt()).isEqualTo(harbour.now.plus(Harbour.TTL));
    }
}
