// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageTest {

    @Test
    void aTextMessageHasItsTextAndItsBytes() {
        Message message = Message.text("m1", "say", "hä 🐙");
        assertThat(message.id()).isEqualTo("m1");
        assertThat(message.routeKey()).isEqualTo("say");
        assertThat(message.isBinary()).isFalse();
        assertThat(message.text()).isEqualTo("hä 🐙");
        assertThat(message.bytes()).isEqualTo("hä 🐙".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aBinaryMessageHasNoText() {
        Message message = Message.binary("m1", "$default", new byte[] {1, -1});
        assertThat(message.isBinary()).isTrue();
        assertThat(message.bytes()).containsExactly(1, -1);
        assertThatThrownBy(message::text)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Message m1 is binary: use bytes().");
    }

    @Test
    void anEmptyMessageIsAMessage() {
        assertThat(Message.text("m1", "$default", "").text()).isEmpty();
        assertThat(Message.text("m1", "$default", "").isBinary()).isFalse();
        assertThat(Message.binary("m1", "$default", new byte[0]).isBinary()).isTrue();
    }

    @Test
    void bytesAreCopied() {
        byte[] bytes = {1};
        Message message = Message.binary("m1", "$default", bytes);
        bytes[0] = 2;
        message.bytes()[0] = 3;
        assertThat(message.bytes()).containsExactly(1);
    }
}
