// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Threads that start at once. */
final class Race {

    private static final int WORKERS = 16;
    private static final long LIMIT_MINUTES = 5;

    private Race() {}

    /** One of the threads: {@code index} counts from 0. */
    interface Racer<T> {
        T run(int index) throws Exception;
    }

    /** Runs so many racers, each in its own thread, and returns what each returned, in order. */
    static <T> List<T> run(int racers, Racer<T> racer) {
        ExecutorService threads = Executors.newFixedThreadPool(racers);
        try {
            CyclicBarrier start = new CyclicBarrier(racers);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < racers; i++) {
                int index = i;
                futures.add(threads.submit(() -> {
                    start.await();
                    return racer.run(index);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(result(future));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Does something {@code count} times, for 0 to {@code count - 1}, in a moderate number of threads. */
    static void times(int count, IntConsumer action) {
        AtomicInteger next = new AtomicInteger();
        run(Math.min(count, WORKERS), racer -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                action.accept(i);
            }
            return true;
        });
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get(LIMIT_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new AssertionError("a concurrent call failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("a concurrent call has not returned after " + LIMIT_MINUTES + " minutes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
