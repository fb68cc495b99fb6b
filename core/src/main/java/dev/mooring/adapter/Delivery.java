// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.backend.StoredConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way to many. The thread that runs it reads the ids, hands posts to the workers, a bounded number at
 * a time, and takes their results; a post that was refused for now waits its turn without holding a worker. Nothing is
 * kept of a client that is done with.
 */
final class Delivery {

    /** How many that are gone are collected before the app hears of them. */
    private static final int DEPARTURES = 1000;

    /** What came of a post: the client got it, or it is gone (and what was stored of it, if anything), or a refusal. */
    private record Outcome(
            Attempt attempt,
            boolean reached,
            Optional<StoredConnection> left,
            @Nullable RuntimeException refusal) {}

    private final Engine engine;
    private final PagedIds ids;
    private final Set<String> except;
    private final Predicate<String> post;
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final Queue<Attempt> retries = new PriorityQueue<>();
    private final Set<String> underWay = new HashSet<>();
    private final List<StoredConnection> left = new ArrayList<>();
    private final Map<String, Long> failed = new HashMap<>();
    private long delivered;
    private long gone;
    private boolean interrupted;
    private boolean ended;
    private @Nullable IllegalStateException unusable;

    /** Prepares to post to all ids but some; {@code post} says false for a client that is gone. */
    Delivery(Engine engine, PagedIds ids, Set<String> except, Predicate<String> post) {
        this.engine = engine;
        this.ids = ids;
        this.except = except;
        this.post = post;
    }

    /**
     * Posts to all, or to as many as there is time for. The app is yet to be told of those that are gone.
     *
     * @throws IllegalStateException if the gateway or the backend is not usable at all: the next post would not fare better
     */
    void run() {
        try {
            while (!isTimeUp() && !isDone()) {
                Attempt next = underWay.size() < engine.limits.concurrency() ? nextAttempt() : null;
                if (next != null) {
                    start(next);
                    settle(outcomes.poll());
                } else {
                    settle(await(nanosToNextRetry()));
                }
            }
        } finally {
            awaitPosts();
        }
        if (unusable != null) {
            throw unusable;
        }
    }

    private void awaitPosts() {
        long end = System.nanoTime() + engine.grace.toNanos();
        for (long rest; !underWay.isEmpty() && (rest = end - System.nanoTime()) > 0; ) {
            settle(await(rest));
        }
        end();
        for (Outcome last; (last = outcomes.poll()) != null; ) {
            settle(last);
        }
    }

    private synchronized void end() {
        ended = true;
    }

    /** Tells the app of those that are gone, which takes as long as the app likes: what is left undone is safe by now. */
    void tell() {
        engine.tell(left);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isTimeUp() {
        return interrupted || unusable != null || engine.isTimeUp();
    }

    private boolean isDone() {
        return underWay.isEmpty() && retries.isEmpty() && !ids.hasNext();
    }

    private @Nullable Attempt nextAttempt() {
        Attempt retry = retries.peek();
        if (retry != null && retry.nanosUntilDue() <= 0) {
            return retries.remove();
        }
        while (ids.hasNext()) {
            String id = ids.next();
            if (!except.contains(id)) {
                return Attempt.first(id);
            }
        }
        return null;
    }

    private void start(Attempt attempt) {
        sleep(engine.rate.reserveNanos());
        underWay.add(attempt.connectionId());
        engine.workers().execute(() -> finish(attempt(attempt)));
    }

    /** Hands over what came of a post; too late for that, at least the app hears of who left: nothing stored does any more. */
    private void finish(Outcome outcome) {
        if (!handOver(outcome)) {
            engine.tell(outcome.left.stream().toList());
        }
    }

    /** False if nobody takes outcomes any more. */
    private synchronized boolean handOver(Outcome outcome) {
        return !ended && outcomes.add(outcome);
    }

    private Outcome attempt(Attempt attempt) {
        try {
            boolean reached = post.test(attempt.connectionId());
            return new Outcome(
                    attempt, reached, reached ? Optional.empty() : engine.depart(attempt.connectionId()), null);
        } catch (RuntimeException e) {
            return new Outcome(attempt, false, Optional.empty(), e);
        }
    }

    private void settle(@Nullable Outcome outcome) {
        if (outcome == null) {
            return;
        }
        underWay.remove(outcome.attempt.connectionId());
        RuntimeException refusal = outcome.refusal;
        if (outcome.reached) {
            delivered++;
            engine.listener.sent();
        } else if (refusal == null) {
            gone++;
            engine.listener.gone();
            outcome.left.ifPresent(left::add);
            tellIfMany();
        } else if (refusal instanceof IllegalStateException cause) {
            unusable = cause;
        } else if (Retry.isWorthwhile(refusal, outcome.attempt.number())) {
            retries.add(outcome.attempt.next());
        } else {
            engine.listener.failed();
            failed.merge(String.valueOf(refusal.getMessage()), 1L, Long::sum);
        }
    }

    private void tellIfMany() {
        if (left.size() >= DEPARTURES) {
            engine.tell(left);
            left.clear();
        }
    }

    private long nanosToNextRetry() {
        Attempt retry = retries.peek();
        long untilDeadline = TimeUnit.MILLISECONDS.toNanos(100);
        return retry == null ? untilDeadline : Math.min(untilDeadline, Math.max(0, retry.nanosUntilDue()));
    }

    private @Nullable Outcome await(long nanos) {
        try {
            return outcomes.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
            return null;
        }
    }

    private void sleep(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            interrupted = true;
        }
    }

    long delivered() {
        return delivered;
    }

    long gone() {
        return gone;
    }

    Map<String, Long> failed() {
        return failed;
    }

    /** Who has not got it yet, of those whose ids were read; the rest of the ids is behind {@link PagedIds#cursor}. */
    List<String> missed() {
        List<String> missed = new ArrayList<>(underWay);
        retries.forEach(retry -> missed.add(retry.connectionId()));
        for (String id : ids.restOfPage()) {
            if (!except.contains(id)) {
                missed.add(id);
            }
        }
        return missed;
    }
}
