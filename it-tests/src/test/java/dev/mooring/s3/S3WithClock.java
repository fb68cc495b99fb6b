// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Dsn;
import java.time.InstantSource;

/** Opens the backend with a clock, which users cannot set in a DSN. */
public final class S3WithClock {

    private S3WithClock() {}

    public static Backend open(Dsn dsn, InstantSource clock) {
        return S3BackendProvider.open(dsn, clock);
    }
}
