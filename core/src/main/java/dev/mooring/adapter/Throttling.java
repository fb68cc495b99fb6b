// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.SendException;
import org.jspecify.annotations.Nullable;

/**
 * Tells whose fault a 429 is: the account's, which has more requests than it may, or a client's, which reads too slowly.
 * It is the account's where it was the first answer to ten of the last hundred clients. Later answers are not asked: in
 * the end only those are left whom it hits again and again, be they few or many.
 */
final class Throttling {

    private static final int WINDOW = 100;
    private static final int MANY = 10;

    private final boolean[] recent = new boolean[WINDOW];
    private int throttled;
    private int oldest;

    /** Takes note of what came of an attempt, and says whether it was refused for the account's sake. */
    boolean refused(Attempt attempt, @Nullable Throwable refusal) {
        boolean tooMany = refusal instanceof SendException answer && answer.status() == 429;
        if (attempt.number() == 1) {
            note(tooMany);
        }
        return tooMany && throttled >= MANY;
    }

    private void note(boolean tooMany) {
        throttled += (tooMany ? 1 : 0) - (recent[oldest] ? 1 : 0);
        recent[oldest] = tooMany;
        oldest = (oldest + 1) % WINDOW;
    }
}
