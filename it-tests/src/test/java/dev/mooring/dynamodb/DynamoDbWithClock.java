// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Dsn;
import java.time.InstantSource;

/** Opens the backend with a clock, which users cannot set in a DSN. */
public final class DynamoDbWithClock {

    private DynamoDbWithClock() {}

    public static Backend open(Dsn dsn, InstantSource clock) {
        return DynamoDbBackendProvider.open(dsn, clock);
    }
}
