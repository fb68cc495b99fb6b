// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Acceptance;
import dev.mooring.Job;
import dev.mooring.PublishReport;
import dev.mooring.Publisher;
import dev.mooring.SendException;
import dev.mooring.backend.BackendException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FanOutTest {

    private static final int CLIENTS = 2500;
    /** Longer than any post here takes on a busy machine. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Harbour harbour = new Harbour();
    private final Map<String, AtomicInteger> received = new ConcurrentHashMap<>();
    private volatile Predicate<String> post = id -> true;

    @BeforeEach
    void connect() {
        harbour.onConnect = connection -> {
            connection.subscribe("lobby");
            return Acceptance.accept();
        };
        IntStream.range(0, CLIENTS).forEach(i -> harbour.engine.connect("c" + i, harbour.handshake()));
        harbour.now = harbour.now.plusSeconds(10);
    }

    /** An engine on the harbour's connections whose posts go through {@link #post} and are counted. */
    private Engine engine(FanOutLimits limits, JobQueue queue) {
        Gateway gateway = new Gateway() {
            @Override
            public int maxMessageBytes() {
                return 128;
            }

            @Override
            public boolean post(String connectionId, byte[] message) {
                boolean reached = post.test(connectionId);
                if (reached) {
                    received.computeIfAbsent(connectionId, id -> new AtomicInteger())
                            .incrementAndGet();
                }
                return reached;
            }

            @Override
            public boolean close(String connectionId) {
                return post(connectionId, new byte[0]);
            }
        };
        return Engine.builder(harbour, harbour.backend, gateway)
                .ttl(Harbour.TTL)
                .clock(() -> harbour.now)
                .limits(limits)
                .queue(queue)
                .build();
    }

    private Engine engine() {
        return engine(FanOutLimits.DEFAULT, null);
    }

    private void assertThatAllReceivedOnce() {
        assertThat(received).hasSize(CLIENTS).allSatisfy((id, times) -> assertThat(times)
                .hasValue(1));
    }

    @Test
    void everybodyGetsTheMessageOnce() {
        PublishReport report = engine().publisher().publish("lobby", "hi");
        assertThat(report).isEqualTo(new PublishReport(CLIENTS, 0, Map.of(), 0, List.of()));
        assertThatAllReceivedOnce();
    }

    @Test
    void aGatewayThatIsNotUsableAtAllEndsItWithItsError() {
        AtomicInteger attempts = new AtomicInteger();
        post = id -> {
            attempts.incrementAndGet();
            throw new IllegalStateException("set the endpoint");
        };
        assertThatThrownBy(() -> engine().publisher().publish("lobby", "hi"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("set the endpoint");
        assertThat(attempts).hasValueBetween(1, CLIENTS - 1);
    }

    @Test
    void noMoreThanTheLimitAreUnderWayAtOnce() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(7);
        post = id -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            all.countDown();
            awaitQuietly(all);
            underWay.decrementAndGet();
            return true;
        };
        engine(new FanOutLimits(7, 1_000_000), null).publisher().publish("lobby", "hi");
        assertThat(most).hasValue(7);
        assertThatAllReceivedOnce();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aStalledClientDelaysNoOther() {
        CountDownLatch others = new CountDownLatch(CLIENTS - 1);
        post = id -> {
            if (id.equals("c0")) {
                awaitQuietly(others);
            } else {
                others.countDown();
            }
            return true;
        };
        assertThat(engine().publisher().publish("lobby", "hi").delivered()).isEqualTo(CLIENTS);
    }

    @Test
    void aThrottledPostIsTriedAgainAndOthersGoFirst() {
        Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
        post = id -> {
            if (attempts.computeIfAbsent(id, key -> new AtomicInteger()).incrementAndGet() < 3 && id.endsWith("7")) {
                throw new SendException(429, "slow down", null);
            }
            return true;
        };
        assertThat(engine().publisher().publish("lobby", "hi").delivered()).isEqualTo(CLIENTS);
        assertThatAllReceivedOnce();
        assertThat(attempts.get("c7")).hasValue(3);
    }

    @Test
    void aPlatformThatCouldNotBeReachedIsTriedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        post = id -> {
            if (attempts.incrementAndGet() % 2 == 1) {
                throw SendException.unreachable("unknown host", null);
            }
            return true;
        };
        Publisher publisher = engine().publisher();
        assertThat(publisher.send("c1", "hi")).isTrue();
        assertThat(publisher.run(Job.send(List.of("c1"), "hi")).delivered()).isEqualTo(1);
        assertThat(attempts).hasValue(4);
    }

    @Test
    void whatIsRefusedForGoodIsReportedByCause() {
        AtomicInteger attempts = new AtomicInteger();
        post = id -> switch (id) {
            case "c1", "c2" -> throw new SendException(403, "forbidden", null);
            case "c3" -> throw new SendException(0, "no answer", null);
            case "c4" -> {
                attempts.incrementAndGet();
                throw new SendException(500, "broken", null);
            }
            default -> true;
        };
        PublishReport report = engine().publisher().publish("lobby", "hi");
        assertThat(report.delivered()).isEqualTo(CLIENTS - 4);
        assertThat(report.failed()).isEqualTo(Map.of("forbidden", 2L, "no answer", 1L, "broken", 1L));
        assertThat(attempts).hasValue(5);
    }

    @Test
    void asManyDisconnectsRunAsClientsAreGone() {
        List<String> left = new ArrayList<>();
        harbour.onDisconnect = (connection, reason) -> left.add(connection.id());
        post = id -> !id.endsWith("3");
        PublishReport report = engine().publisher().publish("lobby", "hi");
        assertThat(report.gone()).isEqualTo(CLIENTS / 10);
        assertThat(report.delivered()).isEqualTo(CLIENTS - CLIENTS / 10);
        assertThat(left).hasSize(CLIENTS / 10).doesNotHaveDuplicates();
        assertThat(harbour.members("lobby")).hasSize(CLIENTS - CLIENTS / 10);
    }

    @Test
    void whenTheTimeIsUpTheRestBecomesJobsAndNobodyIsMissed() {
        AtomicInteger posts = new AtomicInteger();
        post = id -> {
            if (posts.incrementAndGet() == 100) {
                harbour.now = harbour.now.plusSeconds(60);
            }
            return true;
        };
        Engine engine = engine();
        Instant deadline = harbour.now.plusSeconds(30);
        PublishReport report = engine.until(deadline, GRACE).publisher().publish("lobby", "hi", "c5");
        assertThat(report.delivered()).isBetween(100L, 100L + FanOutLimits.DEFAULT.concurrency());
        assertThat(report.rest()).hasSize(2);
        for (Job job : report.rest()) {
            engine.publisher().run(Job.fromJson(job.toJson()));
        }
        assertThat(received).doesNotContainKey("c5");
        engine.publisher().send("c5", "hi");
        assertThatAllReceivedOnce();
    }

    @Test
    void whoWasToBeTriedAgainWhenTheTimeWasUpIsNotMissed() {
        post = id -> {
            if (id.equals("c9")) {
                harbour.now = harbour.now.plusSeconds(60);
                throw new SendException(429, "slow down", null);
            }
            return true;
        };
        PublishReport report =
                engine().until(harbour.now.plusSeconds(30), GRACE).publisher().run(Job.send(List.of("c9"), "hi"));
        assertThat(report.rest()).containsExactly(Job.send(List.of("c9"), "hi"));
        assertThat(report.failed()).isEmpty();
    }

    @Test
    void whatNeverAnsweredIsLeftForLater() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        post = id -> {
            harbour.now = harbour.now.plusSeconds(60);
            awaitQuietly(end);
            return true;
        };
        PublishReport report = engine().until(harbour.now.plusSeconds(30), Duration.ofSeconds(1))
                .publisher()
                .run(Job.send(List.of("c9"), "hi"));
        end.countDown();
        assertThat(report.rest()).containsExactly(Job.send(List.of("c9"), "hi"));
    }

    @Test
    void theAppHearsOfOneThatIsGoneEvenIfThatIsKnownOnlyAfterTheGrace() throws InterruptedException {
        BlockingQueue<String> left = new LinkedBlockingQueue<>();
        harbour.onDisconnect = (connection, reason) -> left.add(connection.id());
        CountDownLatch end = new CountDownLatch(1);
        post = id -> {
            harbour.now = harbour.now.plusSeconds(60);
            awaitQuietly(end);
            return false;
        };
        Publisher publisher =
                engine().until(harbour.now.plusSeconds(30), Duration.ZERO).publisher();
        Job job = Job.send(List.of("c9"), "hi");
        assertThat(publisher.run(job).rest()).containsExactly(job);
        end.countDown();
        assertThat(left.poll(30, TimeUnit.SECONDS)).isEqualTo("c9");
        assertThat(harbour.store().find("c9")).isEmpty();
        assertThat(engine().publisher().run(job).gone()).isEqualTo(1);
        assertThat(left).isEmpty();
    }

    @Test
    void aPostThatIsUnderWayIsWaitedForAsLongAsTheGraceLasts() {
        post = id -> {
            harbour.now = harbour.now.plusSeconds(60);
            LockSupport.parkNanos(Duration.ofMillis(1500).toNanos());
            return true;
        };
        PublishReport report =
                engine().until(harbour.now.plusSeconds(30), GRACE).publisher().run(Job.send(List.of("c9"), "hi"));
        assertThat(report.delivered()).isEqualTo(1);
        assertThat(report.rest()).isEmpty();
    }

    @Test
    void whatIsLeftIsInTheQueueBeforeTheAppHearsOfTheGone() {
        List<String> steps = new ArrayList<>();
        runOutOfTimeAtOneThatIsGone(jobs -> steps.add("queued " + jobs.get(0).to()), steps);
        assertThat(steps).containsExactly("queued [c2]", "told of c1");
    }

    @Test
    void theAppHearsOfTheGoneEvenIfTheQueueFails() {
        List<String> steps = new ArrayList<>();
        assertThatThrownBy(() -> runOutOfTimeAtOneThatIsGone(
                        jobs -> {
                            throw new IllegalStateException("the queue is down");
                        },
                        steps))
                .hasMessage("the queue is down");
        assertThat(steps).containsExactly("told of c1");
    }

    private void runOutOfTimeAtOneThatIsGone(JobQueue queue, List<String> steps) {
        harbour.onDisconnect = (connection, reason) -> steps.add("told of " + connection.id());
        post = id -> {
            harbour.now = harbour.now.plusSeconds(60);
            return false;
        };
        engine(new FanOutLimits(1, 10_000), queue)
                .until(harbour.now.plusSeconds(30), GRACE)
                .publisher()
                .run(Job.send(List.of("c1", "c2"), "hi"));
    }

    @Test
    void aLargeChannelIsSpreadOverTheQueue() {
        List<Job> queue = new ArrayList<>();
        Engine engine = engine(FanOutLimits.DEFAULT, queue::addAll);
        PublishReport report = engine.publisher().publish("lobby", "hi", "c5");
        assertThat(report).isEqualTo(new PublishReport(0, 0, Map.of(), 3, List.of()));
        assertThat(queue).hasSize(3).allSatisfy(job -> {
            assertThat(job.type()).isEqualTo(Job.Type.SEND);
            assertThat(job.to()).hasSizeBetween(1, 1000);
        });
        queue.forEach(engine.publisher()::run);
        engine.publisher().send("c5", "hi");
        assertThatAllReceivedOnce();
    }

    @Test
    void aSmallChannelIsNotQueued() {
        List<Job> queue = new ArrayList<>();
        harbour.onMessage(connection -> connection.subscribe("few"));
        harbour.message("c1");
        assertThat(engine(FanOutLimits.DEFAULT, queue::addAll)
                        .publisher()
                        .publish("few", "hi")
                        .delivered())
                .isEqualTo(1);
        assertThat(queue).isEmpty();
    }

    @Test
    void withoutTimeEvenToReadTheIdsTheJobItselfIsQueued() {
        List<Job> queue = new ArrayList<>();
        Engine engine = engine(FanOutLimits.DEFAULT, queue::addAll);
        engine.until(harbour.now, GRACE).publisher().publish("lobby", "hi");
        assertThat(queue).containsExactly(Job.publish("lobby", "hi"));
        for (int run = 0; run < 10 && !queue.isEmpty(); run++) {
            engine.publisher().run(queue.remove(0));
        }
        assertThatAllReceivedOnce();
    }

    @Test
    void theRestOfASmallJobIsQueuedToo() {
        List<Job> queue = new ArrayList<>();
        PublishReport report = engine(FanOutLimits.DEFAULT, queue::addAll)
                .until(harbour.now, GRACE)
                .publisher()
                .run(Job.close(List.of("c1", "c2")));
        assertThat(report.queued()).isEqualTo(1);
        assertThat(report.rest()).isEmpty();
        assertThat(queue).containsExactly(Job.close(List.of("c1", "c2")));
    }

    @Test
    void aStoreThatFailsMidwayDoesNotSwallowWhoIsGone() {
        List<String> left = new ArrayList<>();
        harbour.onDisconnect = (connection, reason) -> left.add(connection.id());
        harbour.backend.failAfter("members", 1);
        post = id -> !id.equals("c0");
        assertThatThrownBy(() -> engine().publisher().publish("lobby", "hi")).isInstanceOf(BackendException.class);
        assertThat(left).containsExactly("c0");
    }

    @Test
    void aSingleSendIsTriedAgainAndThenThrows() {
        AtomicInteger attempts = new AtomicInteger();
        post = id -> {
            if (attempts.incrementAndGet() < 3) {
                throw new SendException(429, "slow down", null);
            }
            return true;
        };
        assertThat(engine().publisher().send("c1", "hi")).isTrue();
        post = id -> {
            throw new SendException(403, "forbidden", null);
        };
        assertThatThrownBy(() -> engine().publisher().send("c1", "hi")).hasMessage("forbidden");
    }

    @Test
    void theLimitsHaveRanges() {
        assertThatThrownBy(() -> new FanOutLimits(0, 1))
                .hasMessage("Fan-out takes 1 to 1000 posts at once and 1 to 1000000 a second, not 0 and 1.");
    }

    @Test
    void theRateLimitSpreadsPostsOverTime() {
        RateLimit rate = new RateLimit(1000);
        long wait = 0;
        for (int i = 0; i <= 10_000; i++) {
            wait = rate.reserveNanos();
        }
        // ten seconds' worth, less the burst and the time this took
        assertThat(Duration.ofNanos(wait)).isBetween(Duration.ofSeconds(5), Duration.ofMillis(9_900));
    }
}
