// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");

    @Test
    void aHeaderIsFoundInAnyCase() {
        Handshake handshake = Handshake.at(NOW)
                .headers(Map.of("uSER-aGENT", List.of("wscat"), "Cookie", List.of("a=1", "b=2")))
                .build();
        assertThat(handshake.header("cookie")).contains("a=1");
        assertThat(handshake.headers().get("COOKIE")).containsExactly("a=1", "b=2");
        assertThat(handshake.userAgent()).contains("wscat");
        assertThat(handshake.header("Origin")).isEmpty();
    }

    @Test
    void aHeaderThatIsSpeltInSeveralWaysKeepsAllItsValues() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Cookie", List.of("a=1"));
        headers.put("cookie", List.of("b=2", "c=3"));
        assertThat(Handshake.at(NOW).headers(headers).build().headers())
                .containsExactly(entry("Cookie", List.of("a=1", "b=2", "c=3")));
    }

    @Test
    void aParameterIsFoundInItsOwnCase() {
        Handshake handshake = Handshake.at(NOW)
                .query(Map.of("room", List.of("lobby", "attic"), "Room", List.of("x"), "none", List.of()))
                .build();
        assertThat(handshake.query("room")).contains("lobby");
        assertThat(handshake.query("Room")).contains("x");
        assertThat(handshake.query("ROOM")).isEmpty();
        assertThat(handshake.query("none")).isEmpty();
        assertThat(handshake.query()).containsEntry("room", List.of("lobby", "attic"));
    }

    @Test
    void subprotocolsAreSplitInTheirOrder() {
        assertThat(offering("graphql-ws , chat,,\tv2 ", "v3")).containsExactly("graphql-ws", "chat", "v2", "v3");
        assertThat(offering("", " , ")).isEmpty();
        assertThat(Handshake.at(NOW).build().subprotocols()).isEmpty();
    }

    @Test
    void whatIsNotGivenIsEmpty() {
        Handshake handshake = Handshake.at(NOW).build();
        assertThat(handshake.headers()).isEmpty();
        assertThat(handshake.query()).isEmpty();
        assertThat(handshake.authorizer()).isEmpty();
        assertThat(handshake.sourceIp()).isEmpty();
        assertThat(handshake.userAgent()).isEmpty();
        assertThat(handshake.connectedAt()).isEqualTo(NOW);
    }

    @Test
    void theTimeIsKeptToTheMillisecondAsItIsStored() {
        assertThat(Handshake.at(NOW.plusNanos(456_789)).build().connectedAt()).isEqualTo(NOW);
    }

    @Test
    void whatItWasMadeOfMayChange() {
        Map<String, List<String>> headers = new LinkedHashMap<>(Map.of("a", new ArrayList<>(List.of("1"))));
        Map<String, String> authorizer = new LinkedHashMap<>(Map.of("principalId", "ann"));
        Handshake handshake = Handshake.at(NOW)
                .headers(headers)
                .query(headers)
                .authorizer(authorizer)
                .sourceIp("::1")
                .build();
        headers.get("a").clear();
        headers.clear();
        authorizer.clear();
        assertThat(handshake.headers())
                .containsExactly(entry("a", List.of("1")))
                .isUnmodifiable();
        assertThat(handshake.query()).containsExactly(entry("a", List.of("1"))).isUnmodifiable();
        assertThat(handshake.headers().get("a")).isUnmodifiable();
        assertThat(handshake.authorizer())
                .containsExactly(entry("principalId", "ann"))
                .isUnmodifiable();
        assertThat(handshake.sourceIp()).isEqualTo("::1");
    }

    private static List<String> offering(String... values) {
        return Handshake.at(NOW)
                .headers(Map.of("sec-websocket-protocol", List.of(values)))
                .build()
                .subprotocols();
    }
}
