// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Connection;
import dev.mooring.Message;
import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.MemoryBackends;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LostRaceTest {

    private final Harbour harbour = new Harbour();

    @BeforeEach
    void connect() {
        harbour.connect("a");
    }

    /** Runs an event that changes {@code a} while another event of it is under way. */
    private void meanwhile(Consumer<Connection> change) {
        var outer = harbour.onMessage;
        harbour.onMessage(change);
        harbour.message("a");
        harbour.onMessage = outer;
    }

    @Test
    void whatBothEventsChangedIsKept() {
        harbour.onMessage(connection -> {
            connection.attributes().put("mine", "1");
            connection.subscribe("mine");
            meanwhile(other -> {
                other.attributes().put("theirs", "1");
                other.subscribe("theirs");
            });
        });
        harbour.message("a");
        assertThat(harbour.backend.calls()).containsExactly("find", "find", "update", "update", "find", "update");
        assertThat(harbour.attributes("a")).containsOnly(Map.entry("mine", "1"), Map.entry("theirs", "1"));
        assertThat(harbour.members("mine")).containsExactly("a");
        assertThat(harbour.members("theirs")).containsExactly("a");
    }

    @Test
    void aFunctionIsAppliedToWhatTheWinnerWrote() {
        harbour.onMessage(connection -> {
            connection.attributes().merge("count", "1", LostRaceTest::add);
            meanwhile(other -> other.attributes().merge("count", "10", LostRaceTest::add));
        });
        harbour.message("a");
        assertThat(harbour.attributes("a")).containsEntry("count", "11");
    }

    private static String add(String one, String other) {
        return String.valueOf(Integer.parseInt(one) + Integer.parseInt(other));
    }

    @Test
    void noneOfManyConcurrentEventsIsLost() throws Exception {
        harbour.onMessage(connection -> connection.attributes().merge("count", "1", LostRaceTest::add));
        int threads = 8;
        int events = 50;
        CountDownLatch start = new CountDownLatch(1);
        var pool = Executors.newFixedThreadPool(threads);
        // not through the harbour's counter, which is no concurrent one
        Engine engine = Engine.builder(harbour, unsynchronised(), harbour)
                .clock(() -> harbour.now)
                .build();
        var running = IntStream.range(0, threads)
                .<Future<?>>mapToObj(i -> pool.submit(() -> {
                    start.await();
                    for (int event = 0; event < events; event++) {
                        engine.message("a", Message.text("m", "$default", ""), false);
                    }
                    return null;
                }))
                .toList();
        start.countDown();
        for (Future<?> thread : running) {
            thread.get();
        }
        pool.shutdown();
        assertThat(engine.publisher().attributes("a").orElseThrow())
                .containsEntry("count", String.valueOf(threads * events));
    }

    private Backend unsynchronised() {
        var backend = MemoryBackends.open(() -> harbour.now);
        backend.save(harbour.store().find("a").orElseThrow());
        return backend;
    }

    @Test
    void aConnectionThatGoesMeanwhileIsUnknown() {
        harbour.onMessage(connection -> {
            connection.attributes().put("x", "1");
            harbour.store().delete("a");
        });
        assertThat(harbour.message("a")).isEmpty();
        assertThat(harbour.sent).containsExactly("a!");
    }

    @Test
    void aRaceThatIsAlwaysLostEndsInAnError() {
        harbour.onMessage(connection -> connection.attributes().compute("x", (name, value) -> {
            touch();
            return "1";
        }));
        assertThatThrownBy(() -> harbour.message("a"))
                .isInstanceOf(BackendException.class)
                .hasMessage("Connection a: update failed: lost 100 races; too many events change it at once");
    }

    /** Writes the record anew, under a new revision. */
    private void touch() {
        harbour.store().save(harbour.store().find("a").orElseThrow());
    }
}
