// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.backend.BackendException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what comes by itself, and not for ever. */
final class Await {

    private static final long LIMIT_SECONDS = 60;

    private Await() {}

    static void until(BooleanSupplier condition) {
        if (!holdsWithin(LIMIT_SECONDS, condition)) {
            throw new AssertionError("It did not come within " + LIMIT_SECONDS + " seconds");
        }
    }

    static boolean holdsWithin(long seconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause();
        }
        return true;
    }

    /** Calls until the backend serves: it may fail as long as it does not know what the test knows, or lacks time. */
    static <T> T served(Supplier<T> call) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            try {
                return call.get();
            } catch (BackendException e) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("The backend did not serve within " + LIMIT_SECONDS + " seconds", e);
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
