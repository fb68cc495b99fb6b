// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * When an invocation stops publishing, so that there is time to hand over what is left before Lambda ends it.
 *
 * @param at the end of the time that remains, less 2 seconds or a fifth of it; never, where the context knows no end
 * @param grace how long posts that are under way are waited for then: half of what is left
 */
record Deadline(Instant at, Duration grace) {

    private static final int MARGIN_MILLIS = 2_000;

    static Deadline of(Context context, InstantSource clock) {
        int remaining = context.getRemainingTimeInMillis();
        if (remaining <= 0) {
            return new Deadline(Instant.MAX, Duration.ofMillis(MARGIN_MILLIS / 2));
        }
        int margin = Math.min(MARGIN_MILLIS, remaining / 5);
        return new Deadline(clock.instant().plusMillis(remaining - margin), Duration.ofMillis(margin / 2));
    }
}
