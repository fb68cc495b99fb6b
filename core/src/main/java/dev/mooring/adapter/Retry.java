// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.SendException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Which refusals are worth another attempt, and when: 429 (throttled, or the client reads too slowly) and 5xx, and that the
 * platform cannot be reached. Without an answer the message may have arrived, and is not sent again.
 */
final class Retry {

    private static final int MAX_ATTEMPTS = 5;
    private static final long FIRST_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Retry() {}

    /** Whether a post that was refused at this attempt (1 for the first) is tried again. */
    static boolean isWorthwhile(RuntimeException refusal, int attempt) {
        return attempt < MAX_ATTEMPTS
                && refusal instanceof SendException answer
                && (answer.status() == 429 || answer.status() >= 500 || answer.isUnreachable());
    }

    /** How long to wait after an attempt: up to 100, 200, 400, 800 ms, at random, so that many do not come at once. */
    static long delayNanos(int attempt) {
        long most = FIRST_DELAY_NANOS << (attempt - 1);
        return ThreadLocalRandom.current().nextLong(most / 2, most);
    }
}
