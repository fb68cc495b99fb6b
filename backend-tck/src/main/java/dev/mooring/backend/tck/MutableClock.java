// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * A clock that stands still until a test moves it. It starts now, as some stores expire by a clock of their own; to the
 * second, so that the milliseconds are never zero and their loss shows.
 */
final class MutableClock implements InstantSource {

    private volatile Instant now =
            InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS).plusMillis(567);

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration duration) {
        advanceTo(now.plus(duration));
    }

    void advanceTo(Instant instant) {
        now = instant;
    }
}
