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
import org.jspecify.annotations.Nullable;

/**
 * One message on its way to many. The thread that runs it reads the ids, hands posts to the workers, a bounded number at
 * a time, and takes their results; a post that was refused for now waits its turn without holding a worker. Nothing is
 * kept of a client that is done with.
 */
final class Delivery {

    /** How many that are gone are collected before the app hears of them. */
    private static final int DEPARTURES = 1000;

    /** How many wait to be tried again before no more ids are read: they take memory, and are the rest in the end. */
    private static final int WAITING = 10_000;

    /** What came of a post: the client got it, or it is gone (and what was stored of it, if anything), or a refusal. */
    private record Outcome(
            Attempt attempt,
            boolean reached,
            Optional<StoredConnection> left,
            @Nullable Throwable refusal) {}

    private final Engine engine;
    private final PagedIds ids;
    private final Set<String> except;
    private final byte @Nullable [] message;
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final Throttling throttling = new Throttling();
    private final Queue<Attempt> retries = new PriorityQueue<>();

    /** Who was begun with and is not done with: a post is under way, or waits to be tried again. */
    private final Set<String> open = new HashSet<>();

    private final List<StoredConnection> left = new ArrayList<>();
    private final Map<String, Long> failed = new HashMap<>();
    private long delivered;
    private long gone;
    private boolean interrupted;
    private boolean ended;
    private @Nullable Throwable unusable;

    /** Prepares to post a message to all ids but some; to close them where there is none. */
    Delivery(Engine engine, PagedIds ids, Set<String> except, byte @Nullable [] message) {
        this.engine = engine;
        this.ids = ids;
        this.except = except;
        this.message = message;
    }

    /**
     * Posts to all, or to as many as there is time for. The app is yet to be told of those that are gone.
     *
     * @throws IllegalStateException if the gateway or the backend is not usable at all: the next post would not fare better;
     *     an error of the JVM likewise
     */
    void run() {
        try {
            while (!isTimeUp() && !isDone()) {
                Attempt next = isFull() ? null : nextAttempt();
                if (next != null) {
                    start(next);
                    settle(outcomes.poll());
                } else {
                    settle(await(nanosToNextStart()));
                }
            }
        } finally {
            awaitPosts();
        }
        if (unusable instanceof IllegalStateException cause) {
            throw cause;
        }
        if (unusable instanceof Error cause) {
            throw cause;
        }
    }

    private void awaitPosts() {
        long end = System.nanoTime() + engine.grace.toNanos();
        for (long rest; underWay() > 0 && (rest = end - System.nanoTime()) > 0; ) {
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
        return open.isEmpty() && !ids.hasNext();
    }

    private int underWay() {
        return open.size() - retries.size();
    }

    private boolean isFull() {
        return underWay() >= engine.limits.concurrency();
    }

    /** A store may list an id twice: while it is open it is not begun with again. */
    private @Nullable Attempt nextAttempt() {
        Attempt retry = retries.peek();
        if (retry != null && retry.nanosUntilDue() <= 0) {
            return retries.remove();
        }
        while (retries.size() < WAITING && ids.hasNext()) {
            String id = ids.next();
            if (!except.contains(id) && open.add(id)) {
                return Attempt.first(id);
            }
        }
        return null;
    }

    private void start(Attempt attempt) {
        sleep(engine.rate.reserveNanos());
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
            boolean reached = post(attempt.connectionId());
            return new Outcome(
                    attempt, reached, reached ? Optional.empty() : engine.depart(attempt.connectionId()), null);
        } catch (Throwable e) { // without an outcome, run() would wait for ever
            return new Outcome(attempt, false, Optional.empty(), e);
        }
    }

    private boolean post(String connectionId) {
        return message == null ? engine.gateway.close(connectionId) : engine.gateway.post(connectionId, message);
    }

    private void settle(@Nullable Outcome outcome) {
        if (outcome == null) {
            return;
        }
        if (!isTriedAgain(outcome.attempt, outcome.refusal)) {
            open.remove(outcome.attempt.connectionId());
            count(outcome);
        }
    }

    private boolean isTriedAgain(Attempt attempt, @Nullable Throwable refusal) {
        boolean throttled = throttling.refused(attempt, refusal) && engine.hasDeadline();
        if (refusal == null) {
            return false;
        }
        Attempt next = attempt.next(!throttled);
        return Retry.isWorthwhile(refusal, attempt.number(), next.refusals()) && retries.add(next);
    }

    private void count(Outcome outcome) {
        Throwable refusal = outcome.refusal;
        if (outcome.reached) {
            delivered++;
            if (message != null) {
                engine.listener.sent();
            }
        } else if (refusal == null) {
            gone++;
            engine.listener.gone();
            outcome.left.ifPresent(left::add);
            tellIfMany();
        } else if (refusal instanceof IllegalStateException || refusal instanceof Error) {
            unusable = refusal;
        } else {
            if (message != null) {
                engine.listener.failed();
            }
            failed.merge(String.valueOf(refusal.getMessage()), 1L, Long::sum);
        }
    }

    private void tellIfMany() {
        if (left.size() >= DEPARTURES) {
            engine.tell(left);
            left.clear();
        }
    }

    private long nanosToNextStart() {
        Attempt retry = isFull() ? null : retries.peek();
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
        List<String> missed = new ArrayList<>(open);
        for (String id : ids.restOfPage()) {
            if (!except.contains(id)) {
                missed.add(id);
            }
        }
        return missed;
    }
}
