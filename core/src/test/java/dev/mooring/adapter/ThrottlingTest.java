// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Job;
import dev.mooring.PublishReport;
import dev.mooring.SendException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 429 means that the account has more requests than it may, or that one client reads too slowly. */
@Timeout(60)
class ThrottlingTest {

    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Harbour harbour = new Harbour();
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final Set<String> received = ConcurrentHashMap.newKeySet();

    /** Whether a client is to be answered 429. */
    private volatile Predicate<String> throttled = id -> false;

    /** An account that may send a thousand messages a second. */
    private static final class Bucket {

        private static final double PER_NANO = 1000 / 1e9;

        private double tokens = 100;
        private long last = System.nanoTime();

        synchronized boolean isEmpty() {
            long now = System.nanoTime();
            tokens = Math.min(100, tokens + (now - last) * PER_NANO);
            last = now;
            return tokens < 1 || tokens-- < 0;
        }
    }

    private static List<String> clients(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private Engine engine() {
        Gateway gateway = new Gateway() {
            @Override
            public int maxMessageBytes() {
                return 128;
            }

            @Override
            public boolean post(String connectionId, byte[] message) {
                attempts.computeIfAbsent(connectionId, id -> new AtomicInteger())
                        .incrementAndGet();
                if (throttled.test(connectionId)) {
                    throw new SendException(429, "slow down", null);
                }
                return received.add(connectionId);
            }

            @Override
            public boolean close(String connectionId) {
                return post(connectionId, new byte[0]);
            }
        };
        return Engine.builder(harbour, harbour.backend, gateway)
                .clock(() -> harbour.now)
                .limits(new FanOutLimits(32, 1_000_000))
                .build();
    }

    /** Sends with a deadline that does not come unless the test moves the clock. */
    private PublishReport send(List<String> clients) {
        return engine().until(harbour.now.plusSeconds(30), GRACE).publisher().run(Job.send(clients, "hi"));
    }

    @Test
    void fanOutsThatShareAThrottledAccountReachAll() throws Exception {
        Bucket bucket = new Bucket();
        throttled = id -> bucket.isEmpty();
        ExecutorService functions = Executors.newFixedThreadPool(3);
        try {
            List<Callable<PublishReport>> fanOuts = List.of(
                    () -> send(clients("a", 1000)), () -> send(clients("b", 1000)), () -> send(clients("c", 1000)));
            for (Future<PublishReport> report : functions.invokeAll(fanOuts)) {
                assertThat(report.get()).isEqualTo(new PublishReport(1000, 0, Map.of(), 0, List.of()));
            }
        } finally {
            functions.shutdown();
        }
    }

    @Test
    void anAccountThatIsThrottledALittleFailsNobody() {
        AtomicInteger posts = new AtomicInteger();
        throttled = id -> posts.incrementAndGet() % 10 < 3;
        assertThat(send(clients("c", 2500))).isEqualTo(new PublishReport(2500, 0, Map.of(), 0, List.of()));
    }

    @Test
    void whoIsNotReachedInTimeBecauseOfTheAccountIsInTheRest() {
        AtomicInteger posts = new AtomicInteger();
        throttled = id -> {
            if (posts.incrementAndGet() == 6000) {
                harbour.now = harbour.now.plusSeconds(60);
            }
            return !id.endsWith("7");
        };
        PublishReport report = send(clients("c", 1000));
        assertThat(report.delivered()).isEqualTo(100);
        assertThat(report.failed()).isEmpty();
        throttled = id -> false;
        for (Job job : report.rest()) {
            assertThat(engine().publisher().run(job).failed()).isEmpty();
        }
        assertThat(received).hasSize(1000);
    }

    @Test
    void slowClientsAmongManyFailAfterTheirAttempts() {
        List<String> clients = clients("c", 5000);
        throttled = id -> id.endsWith("77");
        PublishReport report = send(clients);
        assertThat(report).isEqualTo(new PublishReport(4950, 0, Map.of("slow down", 50L), 0, List.of()));
        assertThat(attempts.get("c77")).hasValue(5);
    }

    @Test
    void whoIsRefusedAsIfTheAccountWereThrottledFailsTooInTheEnd() {
        throttled = id -> id.startsWith("slow");
        List<String> clients = new ArrayList<>(clients("slow", 12));
        clients.addAll(clients("c", 90));
        PublishReport report = send(clients);
        assertThat(report).isEqualTo(new PublishReport(90, 0, Map.of("slow down", 12L), 0, List.of()));
        assertThat(attempts.get("slow0")).hasValueBetween(5, 10);
    }

    @Test
    void withoutADeadlineTheAttemptsAreBounded() {
        throttled = id -> true;
        PublishReport report = engine().publisher().run(Job.send(clients("c", 50), "hi"));
        assertThat(report.failed()).isEqualTo(Map.of("slow down", 50L));
        assertThat(attempts.values()).allSatisfy(times -> assertThat(times).hasValue(5));
    }

    @Test
    void noMoreAreBegunWithThanCanBeKeptInMind() {
        AtomicInteger posts = new AtomicInteger();
        throttled = id -> {
            if (posts.incrementAndGet() == 30_000) {
                harbour.now = harbour.now.plusSeconds(60);
            }
            return true;
        };
        PublishReport report = send(clients("c", 20_000));
        assertThat(attempts.size()).isLessThan(10_100); // or the failure would list them
        assertThat(report.rest()).hasSize(20);
    }
}
