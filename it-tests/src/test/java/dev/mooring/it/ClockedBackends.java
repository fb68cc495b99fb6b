// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Dsn;
import dev.mooring.dynamodb.DynamoDbWithClock;
import dev.mooring.postgres.PostgresWithClock;
import dev.mooring.redis.RedisWithClock;
import dev.mooring.s3.S3WithClock;
import dev.mooring.sqlite.SqliteWithClock;
import java.time.InstantSource;

/** Opens the backend of a DSN with a clock that a test holds. */
final class ClockedBackends {

    private ClockedBackends() {}

    static Backend open(String text, InstantSource clock) {
        Dsn dsn = Dsn.parse(text);
        return switch (dsn.scheme()) {
            case "dynamodb" -> DynamoDbWithClock.open(dsn, clock);
            case "s3" -> S3WithClock.open(dsn, clock);
            case "postgresql", "postgres" -> PostgresWithClock.open(dsn, clock);
            case "redis", "rediss" -> RedisWithClock.open(dsn, clock);
            case "sqlite" -> SqliteWithClock.open(dsn, clock);
            default -> throw new IllegalArgumentException("No store of this build: " + dsn.scheme());
        };
    }
}
