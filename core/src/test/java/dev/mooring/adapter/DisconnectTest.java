// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Acceptance;
import dev.mooring.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisconnectTest {

    private final Harbour harbour = new Harbour();
    private final List<String> left = new ArrayList<>();

    @BeforeEach
    void connect() {
        harbour.onConnect = connection -> {
            connection.attributes().put("nick", connection.id().toUpperCase(Locale.ROOT));
            connection.subscribe("lobby");
            return Acceptance.accept();
        };
        harbour.connect("a");
        harbour.connect("b");
        harbour.onDisconnect = (connection, reason) ->
                left.add(connection.attributes().get("nick") + " " + connection.channels() + " " + reason.code());
    }

    @Test
    void aDisconnectCostsOneDeleteAndTheAppSeesWhoLeft() {
        harbour.engine.disconnect("a", new CloseReason(1001, "going away"));
        assertThat(harbour.backend.calls()).containsExactly("delete");
        assertThat(left).containsExactly("A [lobby] 1001");
        assertThat(harbour.members("lobby")).containsExactly("b");
    }

    @Test
    void aSecondDisconnectDoesNotReachTheApp() {
        harbour.engine.disconnect("a", new CloseReason(1000, ""));
        harbour.engine.disconnect("a", new CloseReason(1000, ""));
        assertThat(left).hasSize(1);
    }

    @Test
    void aDisconnectOfAnUnknownConnectionDoesNotReachTheApp() {
        harbour.engine.disconnect("nobody", new CloseReason(1000, ""));
        assertThat(left).isEmpty();
    }

    @Test
    void whoeverIsFoundGoneIsRemovedOnceAndTheAppIsTold() {
        harbour.gone.add("a");
        assertThat(harbour.engine.publisher().send("a", "hi")).isFalse();
        assertThat(harbour.backend.calls()).containsExactly("delete");
        harbour.engine.disconnect("a", new CloseReason(1001, ""));
        assertThat(left).containsExactly("A [lobby] 1006");
    }

    @Test
    void theSenderItselfMayBeFoundGoneWithinItsOwnEvent() {
        harbour.gone.add("a");
        harbour.onMessage(connection -> connection.send("hi"));
        harbour.message("a");
        assertThat(left).containsExactly("A [lobby] 1006");
    }

    @Test
    void theRemainingHearWhoLeftAndNobodyIsToldTwice() {
        harbour.connect("c");
        harbour.gone.add("a");
        harbour.gone.add("b");
        harbour.onDisconnect = (connection, reason) ->
                connection.publisher().publish("lobby", connection.attributes().get("nick") + " left");
        var report = harbour.engine.publisher().publish("lobby", "hi");
        assertThat(report.delivered()).isEqualTo(1);
        assertThat(report.gone()).isEqualTo(2);
        assertThat(harbour.sent).containsExactlyInAnyOrder("c<hi", "c<A left", "c<B left");
        assertThat(harbour.members("lobby")).containsExactly("c");
    }

    @Test
    void oneDisconnectHandlerThatFailsDoesNotKeepTheOthersFromRunning() {
        harbour.gone.add("a");
        harbour.gone.add("b");
        harbour.onDisconnect = (connection, reason) -> {
            left.add(connection.id());
            throw new IllegalStateException("no");
        };
        harbour.engine.publisher().publish("lobby", "hi");
        assertThat(left).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aNewConnectionFromWhichAMessageHasComeIsRemoved() {
        harbour.engine.connect("new", harbour.handshake());
        harbour.onMessage(connection -> connection.attributes().put("seat", "1"));
        harbour.message("new");
        harbour.gone.add("new");

        harbour.engine.publisher().publish("lobby", "hi");

        assertThat(left).containsExactly("NEW [lobby] 1006");
        assertThat(harbour.members("lobby")).doesNotContain("new");
    }

    @Test
    void aConnectionThatIsStillBeingEstablishedIsNotRemoved() {
        harbour.engine.connect("new", harbour.handshake());
        harbour.gone.add("new");
        harbour.now = harbour.now.plusSeconds(4);
        assertThat(harbour.engine.publisher().publish("lobby", "hi").gone()).isEqualTo(1);
        assertThat(left).isEmpty();
        assertThat(harbour.members("lobby")).contains("new");

        harbour.now = harbour.now.plusSeconds(1);
        harbour.engine.publisher().publish("lobby", "hi");
        assertThat(left).containsExactly("NEW [lobby] 1006");
    }

    @Test
    void aConnectionThatIsStillBeingEstablishedOutlastsOneFailureOfTheStore() {
        harbour.engine.connect("new", harbour.handshake());
        harbour.gone.add("new");
        harbour.backend.failAfter("save", 0);
        harbour.engine.publisher().send("new", "hi");
        assertThat(harbour.members("lobby")).contains("new");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 10_000})
    void howLongAConnectionIsBeingEstablishedDoesNotDependOnTheTtl(long minutes) {
        Engine other = Engine.builder(harbour, harbour.backend, harbour)
                .ttl(Duration.ofMinutes(minutes))
                .clock(() -> harbour.now)
                .build();
        harbour.engine.connect("new", harbour.handshake());
        harbour.gone.add("new");
        other.publisher().send("new", "hi");
        assertThat(left).isEmpty();

        harbour.now = harbour.now.plusSeconds(5);
        other.publisher().send("new", "hi");
        assertThat(left).containsExactly("NEW [lobby] 1006");
    }

    @Test
    void aClosedConnectionCanBeReadButNotChanged() {
        harbour.onDisconnect = (connection, reason) -> {
            assertThatThrownBy(() -> connection.attributes().put("x", "1"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Connection a is closed: it can be read, but not changed.");
            assertThatThrownBy(() -> connection.send("x"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Connection a is closed: nothing can be sent to it.");
            left.add("checked");
        };
        harbour.engine.disconnect("a", new CloseReason(1000, ""));
        assertThat(left).containsExactly("checked");
    }
}
