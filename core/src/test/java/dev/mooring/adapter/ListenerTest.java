// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Acceptance;
import dev.mooring.CloseReason;
import dev.mooring.Job;
import dev.mooring.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerTest {

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final List<Duration> durations = Collections.synchronizedList(new ArrayList<>());
    private final Harbour harbour = new Harbour();
    private final Engine engine = Engine.builder(harbour, harbour.backend, harbour)
            .clock(() -> harbour.now)
            .listener(new EngineListener() {
                @Override
                public void connected() {
                    heard.add("connected");
                }

                @Override
                public void disconnected() {
                    heard.add("disconnected");
                }

                @Override
                public void received() {
                    heard.add("received");
                }

                @Override
                public void sent() {
                    heard.add("sent");
                }

                @Override
                public void gone() {
                    heard.add("gone");
                }

                @Override
                public void failed() {
                    heard.add("failed");
                }

                @Override
                public void backendCall(String operation, Duration duration) {
                    heard.add(operation);
                    durations.add(duration);
                }
            })
            .build();

    private void connect(String id) {
        engine.connect(id, harbour.handshake());
        harbour.now = harbour.now.plusSeconds(10);
    }

    @Test
    void aListenerHearsEachStepOfACycle() {
        harbour.onConnect = connection -> {
            connection.subscribe("lobby");
            return Acceptance.accept();
        };
        connect("a");
        harbour.onMessage(connection -> connection.send("hi"));
        engine.message("a", Message.text("m", "$default", ""), false);
        engine.disconnect("a", new CloseReason(1000, ""));
        engine.disconnect("a", new CloseReason(1000, ""));
        assertThat(heard).containsExactly("save", "connected", "received", "sent", "delete", "disconnected", "delete");
    }

    @Test
    void aListenerHearsWhatBecameOfAFanOut() {
        harbour.onConnect = connection -> {
            connection.subscribe("lobby");
            return Acceptance.accept();
        };
        connect("ok");
        connect("gone");
        connect("refused");
        harbour.gone.add("gone");
        harbour.refused.add("refused");
        heard.clear();
        engine.publisher().publish("lobby", "hi");
        assertThat(heard).containsExactlyInAnyOrder("members", "sent", "gone", "delete", "disconnected", "failed");
        assertThat(durations).noneMatch(Duration::isNegative);
        heard.clear();
        assertThatThrownBy(() -> engine.publisher().send("refused", "hi")).hasMessage("refused");
        assertThat(heard).containsExactly("failed");
    }

    @Test
    void closingIsNotSending() {
        for (String id : List.of("ok", "gone", "refused")) {
            connect(id);
        }
        harbour.gone.add("gone");
        harbour.refused.add("refused");
        heard.clear();
        engine.publisher().run(Job.close(List.of("ok", "gone", "refused")));
        assertThat(heard).containsExactlyInAnyOrder("gone", "delete", "disconnected");
        heard.clear();
        engine.publisher().close("ok");
        assertThatThrownBy(() -> engine.publisher().close("refused")).hasMessage("refused");
        assertThat(heard).isEmpty();
    }

    @Test
    void aRejectedClientIsNotConnected() {
        harbour.onConnect = connection -> Acceptance.reject(403);
        connect("a");
        assertThat(heard).isEmpty();
    }
}
