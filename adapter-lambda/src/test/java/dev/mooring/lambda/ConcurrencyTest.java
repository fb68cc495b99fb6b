// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.CloseReason;
import dev.mooring.Connection;
import dev.mooring.Message;
import dev.mooring.WebSocketApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One handler object serves many threads at once. */
class ConcurrencyTest implements WebSocketApp {

    private static final int THREADS = 16;
    private static final int MESSAGES = 25;

    private final Map<String, String> left = new ConcurrentHashMap<>();

    @Override
    public void onMessage(Connection connection, Message message) {
        connection.attributes().merge("count", "1", (a, b) -> String.valueOf(Integer.parseInt(a) + 1));
        connection.send("to " + connection.id());
    }

    @Override
    public void onDisconnect(Connection connection, CloseReason reason) {
        left.merge(connection.id(), connection.attributes().get("count"), (a, b) -> "twice");
    }

    @Test
    void manyThreadsShareAHandler() throws Exception {
        try (TestFunction function = new TestFunction(this)) {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            inThreads(thread -> {
                start.await();
                String own = "own" + thread;
                function.invoke(Events.connect(own));
                function.invoke(Events.connect("shared"));
                start.await();
                for (int i = 0; i < MESSAGES; i++) {
                    assertThat(function.invoke(Events.message(own))).isEqualTo("{\"statusCode\":200}");
                    assertThat(function.invoke(Events.message("shared"))).isEqualTo("{\"statusCode\":200}");
                }
                start.await();
                function.invoke(Events.disconnect(own));
                function.invoke(Events.disconnect("shared"));
            });
            assertThat(left).hasSize(THREADS + 1).containsEntry("shared", String.valueOf(THREADS * MESSAGES));
            left.remove("shared");
            assertThat(left.values()).containsOnly(String.valueOf(MESSAGES));
            assertThat(function.api.requests).hasSize(2 * THREADS * MESSAGES);
            assertThat(function.api.requests).allSatisfy(request -> assertThat(request.path())
                    .endsWith("/" + request.body().substring("to ".length())));
            assertThat(function.log()).isEmpty();
        }
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void inThreads(Work work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                results.add(threads.submit(() -> {
                    work.run(thread);
                    return null;
                }));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
