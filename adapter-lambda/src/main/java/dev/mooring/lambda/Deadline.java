// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import java.time.Instant;
import java.time.InstantSource;

/** When an invocation should stop publishing, so that there is time to say what is left before Lambda ends it. */
final class Deadline {

    private static final int MARGIN_MILLIS = 2_000;

    private Deadline() {}

    /** The end of the time that remains, less 2 seconds or a fifth of it; never, where the context knows no end. */
    static Instant of(Context context, InstantSource clock) {
        int remaining = context.getRemainingTimeInMillis();
        if (remaining <= 0) {
            return Instant.MAX;
        }
        return clock.instant().plusMillis(remaining - Math.min(MARGIN_MILLIS, remaining / 5));
    }
}
