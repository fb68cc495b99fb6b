// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import java.util.concurrent.TimeUnit;

/** A token bucket that holds a tenth of a second's tokens. */
final class RateLimit {

    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long intervalNanos;
    private long nextFree = System.nanoTime() - BURST_NANOS;

    RateLimit(int perSecond) {
        intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /** Takes the next token, and says how long it is until that is due; 0 or less: now. */
    synchronized long reserveNanos() {
        long now = System.nanoTime();
        if (nextFree - now < -BURST_NANOS) {
            nextFree = now - BURST_NANOS;
        }
        long wait = nextFree - now;
        nextFree += intervalNanos;
        return wait;
    }
}
