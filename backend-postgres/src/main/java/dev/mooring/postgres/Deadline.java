// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** When a call on the backend has to be over, whatever it does until then. */
record Deadline(long nanoTime) {

    static Deadline in(Duration timeout) {
        // half of all there is will do, and does not overflow
        return new Deadline(System.nanoTime() + Math.min(TimeUnit.NANOSECONDS.convert(timeout), Long.MAX_VALUE / 2));
    }

    /** Whether so little is left that another attempt could only run out of it, and hide why the last one failed. */
    boolean isNear() {
        return millisLeft() <= Connector.PAUSE_MILLIS;
    }

    /** At least 1, because JDBC takes 0 for no limit. */
    int millisLeft() {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanoTime - System.nanoTime());
        return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
    }
}
