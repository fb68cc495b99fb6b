// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Connection;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessageTest {

    private final Harbour harbour = new Harbour();

    @BeforeEach
    void connect() {
        harbour.connect("a");
    }

    @Test
    void aMessageThatTouchesNoStateCostsNothing() {
        harbour.onMessage(connection -> connection.send("hi " + connection.id()));
        harbour.message("a");
        assertThat(harbour.backend.calls()).isEmpty();
        assertThat(harbour.sent).containsExactly("a<hi a");
    }

    @Test
    void readingStateCostsOneReadHoweverOften() {
        harbour.onMessage(connection -> {
            connection.attributes().get("x");
            connection.channels();
            connection.handshake();
            connection.subprotocol();
        });
        harbour.message("a");
        assertThat(harbour.backend.calls()).containsExactly("find");
    }

    @Test
    void changingStateCostsOneReadAndOneWriteHoweverOften() {
        harbour.onMessage(connection -> {
            connection.attributes().put("nick", "ann");
            connection.attributes().put("age", "7");
            connection.attributes().remove("age");
            connection.subscribe("lobby");
            connection.subscribe("news");
            connection.unsubscribe("news");
        });
        harbour.message("a");
        assertThat(harbour.backend.calls()).containsExactly("find", "update");
        assertThat(harbour.attributes("a")).containsOnlyKeys("nick");
        assertThat(harbour.members("lobby")).containsExactly("a");
        assertThat(harbour.members("news")).isEmpty();
    }

    @Test
    void changesThatChangeNothingAreNotWritten() {
        harbour.onMessage(connection -> {
            connection.attributes().put("x", "1");
            connection.attributes().remove("x");
            connection.unsubscribe("lobby");
        });
        harbour.message("a");
        assertThat(harbour.backend.calls()).containsExactly("find");
    }

    @Test
    void changesOfAnEventThatFailedAreDiscarded() {
        harbour.onMessage(connection -> {
            connection.attributes().put("x", "1");
            throw new IllegalArgumentException("no");
        });
        assertThatThrownBy(() -> harbour.message("a")).hasMessage("no");
        assertThat(harbour.attributes("a")).isEmpty();
    }

    @Test
    void pendingChangesAreWrittenBeforeAnythingIsPublishedSoThatOneHearsOneselfJoin() {
        harbour.onMessage(connection -> {
            connection.subscribe("lobby");
            connection.publisher().publish("lobby", "hello all");
            assertThat(connection.publisher().members("lobby")).containsExactly("a");
        });
        harbour.message("a");
        assertThat(harbour.sent).containsExactly("a<hello all");
        assertThat(harbour.backend.calls()).containsExactly("find", "update", "members", "members");
    }

    @Test
    void changesAfterAPublishAreWrittenAtTheEnd() {
        harbour.onMessage(connection -> {
            connection.subscribe("lobby");
            connection.publisher().broadcast("hello all");
            connection.attributes().put("said", "1");
        });
        harbour.message("a");
        assertThat(harbour.backend.calls()).containsExactly("find", "update", "connections", "update");
        assertThat(harbour.attributes("a")).containsEntry("said", "1");
    }

    @Test
    void aMessageOfAnUnknownConnectionClosesItWhereItsStateIsNeeded() {
        for (Consumer<Connection> use : List.<Consumer<Connection>>of(
                connection -> connection.attributes().get("x"),
                connection -> connection.subscribe("x"),
                Connection::handshake,
                MessageTest::readAndIgnoreTheError)) {
            harbour.sent.clear();
            harbour.onMessage(use);
            assertThat(harbour.message("nobody")).isEmpty();
            assertThat(harbour.sent).containsExactly("nobody!");
        }
    }

    private static void readAndIgnoreTheError(Connection connection) {
        try {
            connection.channels();
        } catch (RuntimeException e) {
            assertThat(e)
                    .hasMessage(
                            "Nothing is stored of connection nobody: it is closed, so that the client connects anew.");
        }
    }

    @Test
    void aMessageOfAnUnknownConnectionIsHandledWhereItsStateIsNotNeeded() {
        harbour.onMessage(connection -> connection.send("pong"));
        harbour.message("nobody");
        assertThat(harbour.sent).containsExactly("nobody<pong");
    }

    @Test
    void anExpiredConnectionIsUnknown() {
        harbour.now = harbour.now.plus(Harbour.TTL);
        harbour.onMessage(connection -> connection.attributes().put("x", "1"));
        harbour.message("a");
        assertThat(harbour.sent).containsExactly("a!");
    }

    @Test
    void updatesDoNotProlongARecord() {
        var expiresAt = harbour.store().find("a").orElseThrow().expiresAt();
        harbour.now = harbour.now.plusSeconds(60);
        harbour.onMessage(connection -> connection.subscribe("lobby"));
        harbour.message("a");
        assertThat(harbour.store().find("a").orElseThrow().expiresAt()).isEqualTo(expiresAt);
    }

    @Test
    void aConnectionHasAThousandChannelsAtMost() {
        harbour.onMessage(connection -> {
            for (int i = 0; i <= 1000; i++) {
                connection.subscribe("channel " + i);
            }
        });
        assertThatThrownBy(() -> harbour.message("a"))
                .hasMessage("Connection a has 1001 channels; at most 1000 are possible.");
    }

    @Test
    void anImpossibleChannelNameIsRefusedAtOnce() {
        harbour.onMessage(connection -> connection.subscribe(""));
        assertThatThrownBy(() -> harbour.message("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A channel name has 1 to 128 characters, this one has 0.");
    }

    @Test
    void closingAsksTheGateway() {
        harbour.onMessage(Connection::close);
        harbour.message("a");
        assertThat(harbour.sent).containsExactly("a!");
    }
}
