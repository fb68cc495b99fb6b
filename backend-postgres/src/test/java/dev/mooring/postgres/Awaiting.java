// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what will be so in a moment. */
final class Awaiting {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Awaiting() {}

    static void until(String what, Callable<Boolean> condition) throws Exception {
        Deadline deadline = Deadline.in(LIMIT);
        while (!condition.call()) {
            if (deadline.isNear()) {
                throw new AssertionError("Waited a minute in vain: " + what);
            }
            Thread.sleep(10);
        }
    }
}
