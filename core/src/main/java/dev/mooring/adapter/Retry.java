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

    private static final int MAX_REFUSALS = 5;

    /** All attempts, also those that do not count against a client: some that read too slowly must not go on for ever. */
    private static final int MAX_ATTEMPTS = 10;

    private static final int MAX_DOUBLINGS = 5;
    private static final long FIRST_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Retry() {}

    /** Whether a post that was refused is tried again; {@code attempts} and {@code refusals} count this one. */
    static boolean isWorthwhile(Throwable refusal, int attempts, int refusals) {
        return attempts < MAX_ATTEMPTS
                && refusals < MAX_REFUSALS
                && refusal instanceof SendException answer
                && (answer.status() == 429 || answer.status() >= 500 || answer.isUnreachable());
    }

    /** How long to wait after an attempt: up to 100, 200, 400, … 3200 ms, at random, so that many do not come at once. */
    static long delayNanos(int attempt) {
        long most = FIRST_DELAY_NANOS << Math.min(attempt - 1, MAX_DOUBLINGS);
        return ThreadLocalRandom.current().nextLong(most / 2, most);
    }
}
