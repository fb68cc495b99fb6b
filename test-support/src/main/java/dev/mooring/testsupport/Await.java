// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for what comes by itself sooner or later, and not for ever. */
public final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private Await() {}

    /**
     * What is waited for.
     *
     * @param <E> what looking may throw, which ends the waiting
     */
    public interface Condition<E extends Exception> {

        /**
         * Looks.
         *
         * @return whether it has come
         * @throws E if one cannot look
         */
        boolean holds() throws E;
    }

    /**
     * Waits until a condition holds.
     *
     * @param what the condition in words
     * @param condition the condition
     * @param <E> what looking may throw
     * @throws E if one cannot look
     * @throws AssertionError if it does not hold within 90 seconds
     */
    public static <E extends Exception> void until(String what, Condition<E> condition) throws E {
        until(what, condition, () -> "");
    }

    /**
     * Waits until a condition holds.
     *
     * @param what the condition in words
     * @param condition the condition
     * @param state what there is instead, for the error
     * @param <E> what looking may throw
     * @throws E if one cannot look
     * @throws AssertionError if it does not hold within 90 seconds
     */
    public static <E extends Exception> void until(String what, Condition<E> condition, Supplier<String> state)
            throws E {
        if (!holdsWithin(LIMIT, condition)) {
            throw new AssertionError("Not within " + LIMIT.toSeconds() + " s: " + what + " " + state.get());
        }
    }

    /**
     * Waits until a condition holds, or has not held for some time.
     *
     * @param limit how long to wait
     * @param condition the condition
     * @param <E> what looking may throw
     * @return whether it holds
     * @throws E if one cannot look
     */
    public static <E extends Exception> boolean holdsWithin(Duration limit, Condition<E> condition) throws E {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            pause(Duration.ofMillis(20));
        }
        return true;
    }

    /**
     * Calls until a call succeeds.
     *
     * @param passing the failure that may pass; any other ends the waiting
     * @param call the call
     * @param <T> what it returns
     * @return what the first call returned that succeeded
     * @throws AssertionError if none succeeds within 90 seconds
     */
    public static <T> T success(Class<? extends RuntimeException> passing, Supplier<T> call) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                return call.get();
            } catch (RuntimeException e) {
                if (!passing.isInstance(e)) {
                    throw e;
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new AssertionError("No call succeeded within " + LIMIT.toSeconds() + " s", e);
                }
            }
        }
    }

    /**
     * Lets some time pass.
     *
     * @param duration how much
     * @throws IllegalStateException if the thread is interrupted
     */
    public static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
