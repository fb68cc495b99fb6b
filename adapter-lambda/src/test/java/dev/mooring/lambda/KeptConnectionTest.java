// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.SendException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections are kept. One may be dead when it is used again: a message arrives at most once. */
class KeptConnectionTest {

    private final TestClock clock = new TestClock();

    private ManagementApi gateway(KeptServer server) {
        return gateway(server.host());
    }

    private ManagementApi gateway(String host) {
        Endpoint endpoint = new Endpoint("http", host, "", "eu-west-1");
        return new ManagementApi(
                endpoint, () -> EnvironmentCredentials.LOCAL, new HttpCaller(endpoint, 30_000, 60_000, clock), clock);
    }

    private static boolean post(ManagementApi gateway, String text) {
        return gateway.post("a", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aConnectionThatWasClosedWhileIdleIsReplaced() throws Exception {
        try (KeptServer server = new KeptServer(KeptServer.Breach.WHILE_IDLE)) {
            ManagementApi gateway = gateway(server);
            assertThat(post(gateway, "one")).isTrue();
            server.broken.await();
            assertThat(post(gateway, "two")).isTrue();
            assertThat(server.received).containsExactly("POST one", "POST two");
        }
    }

    @Test
    void aMessageThatGotNoAnswerIsNotSentAgain() throws Exception {
        try (KeptServer server = new KeptServer(KeptServer.Breach.AFTER_THE_NEXT_REQUEST)) {
            ManagementApi gateway = gateway(server);
            assertThat(post(gateway, "one")).isTrue();
            SendException failure = catchThrowableOfType(SendException.class, () -> post(gateway, "two"));
            assertThat(failure.status()).isZero();
            assertThat(post(gateway, "three")).isTrue();
            assertThat(server.received).containsExactly("POST one", "POST two", "POST three");
        }
    }

    @Test
    void aCloseMayBeRepeated() throws Exception {
        try (KeptServer server = new KeptServer(KeptServer.Breach.AFTER_THE_NEXT_REQUEST)) {
            ManagementApi gateway = gateway(server);
            assertThat(post(gateway, "one")).isTrue();
            assertThat(gateway.close("a")).isTrue();
            assertThat(server.received).containsExactly("POST one", "DELETE ", "DELETE ");
        }
    }

    @Test
    void asManyConnectionsAreKeptAsThereWerePostsAtOnce() throws Exception {
        int posts = 40;
        Set<Integer> ports = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(posts);
        try (ConnectionApi api = new ConnectionApi()) {
            CyclicBarrier all = new CyclicBarrier(posts);
            api.answer(exchange -> {
                ports.add(exchange.getRemoteAddress().getPort());
                awaitQuietly(all);
                ConnectionApi.respond(exchange, 200);
            });
            ManagementApi gateway = gateway(api.host());
            List<Callable<Boolean>> batch = Collections.nCopies(posts, () -> post(gateway, "x"));
            for (int round = 0; round < 3; round++) {
                for (Future<Boolean> post : threads.invokeAll(batch)) {
                    assertThat(post.get()).isTrue();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(ports).hasSize(posts);
    }

    @ParameterizedTest
    @CsvSource({"30, 1", "31, 2"})
    void aConnectionThatWasIdleForLongIsReplaced(int seconds, int connections) throws Exception {
        Set<Integer> ports = ConcurrentHashMap.newKeySet();
        try (ConnectionApi api = new ConnectionApi()) {
            api.answer(exchange -> {
                ports.add(exchange.getRemoteAddress().getPort());
                ConnectionApi.respond(exchange, 200);
            });
            ManagementApi gateway = gateway(api.host());
            assertThat(post(gateway, "one")).isTrue();
            clock.advance(Duration.ofSeconds(seconds));
            assertThat(post(gateway, "two")).isTrue();
        }
        assertThat(ports).hasSize(connections);
    }

    @Test
    void aConnectionThatIsUsedAfterTheCloseIsNotKept() throws Exception {
        try (RawServer server = new RawServer("HTTP/1.1 204 No Content\r\n\r\n", false)) {
            HttpCaller http = server.client();
            http.close();
            assertThat(http.call("POST", "/", Map.of(), new byte[1]).status()).isEqualTo(204);
            assertThat(server.left.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void awaitQuietly(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
