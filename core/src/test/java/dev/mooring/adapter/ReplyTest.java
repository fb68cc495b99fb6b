// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplyTest {

    private final Harbour harbour = new Harbour();

    @BeforeEach
    void connect() {
        harbour.connect("a");
    }

    @Test
    void onAOneWayRouteAReplyIsSent() {
        harbour.onMessage(connection -> connection.reply("pong"));
        assertThat(harbour.message("a")).isEmpty();
        assertThat(harbour.sent).containsExactly("a<pong");
    }

    @Test
    void onATwoWayRouteAReplyIsTheAnswer() {
        harbour.onMessage(connection -> connection.reply("pong"));
        assertThat(harbour.twoWayMessage("a")).contains("pong");
        assertThat(harbour.sent).isEmpty();
    }

    @Test
    void onlyTheLastReplyIsTheAnswerAndTheOrderHolds() {
        harbour.onMessage(connection -> {
            connection.reply("1");
            connection.reply("2");
            connection.send("3");
            connection.reply("4");
        });
        assertThat(harbour.twoWayMessage("a")).contains("4");
        assertThat(harbour.sent).containsExactly("a<1", "a<2", "a<3");
    }

    @Test
    void aReplyGoesOutBeforeTheConnectionIsClosed() {
        harbour.onMessage(connection -> {
            connection.reply("bye");
            connection.close();
        });
        assertThat(harbour.twoWayMessage("a")).isEmpty();
        assertThat(harbour.sent).containsExactly("a<bye", "a!");
    }

    @Test
    void whatIsTooLongIsRefusedBeforeItIsSent() {
        String text = "é".repeat(65);
        harbour.onMessage(connection -> connection.reply(text));
        assertThatThrownBy(() -> harbour.twoWayMessage("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The message has 130 bytes, and at most 128 can be sent. Split it, or send a link to it.");
        assertThatThrownBy(() -> harbour.message("a")).hasMessageContaining("130 bytes");
        assertThatThrownBy(() -> harbour.engine.publisher().broadcast(text)).hasMessageContaining("130 bytes");
        assertThat(harbour.sent).isEmpty();
    }
}
