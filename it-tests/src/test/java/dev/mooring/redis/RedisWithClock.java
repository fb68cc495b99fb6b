// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Dsn;
import java.time.InstantSource;

/** Opens the backend with a clock, which users cannot set in a DSN. */
public final class RedisWithClock {

    private RedisWithClock() {}

    public static Backend open(Dsn dsn, InstantSource clock) {
        return RedisBackendProvider.open(dsn, clock);
    }
}
