// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import static dev.mooring.postgres.Connections.connection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How what has expired leaves the table. */
class PurgeTest {

    @AutoClose
    private static final PostgresServer server = PostgresServer.start();

    private static Backend backend;

    @BeforeAll
    static void start() {
        backend = Backends.open(server.dsn());
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @BeforeEach
    void fill() throws SQLException {
        backend.save(connection("live"));
        server.sql(
                "DELETE FROM mooring_connections WHERE id <> 'live'",
                "INSERT INTO mooring_connections (id, state, channels, expires_at) SELECT 'expired-' || i, '{}', '{room}',"
                        + " now() - interval '1 minute' FROM generate_series(1, 25000) i");
    }

    @Test
    void removesAllThatHasExpiredAndNothingElse() throws SQLException {
        assertThat(backend.purgeExpired()).isEqualTo(25_000);

        assertThat(server.sql("SELECT id FROM mooring_connections")).containsExactly("live");
        assertThat(backend.purgeExpired()).isZero();
    }

    @Test
    void doesNotWaitForARowThatSomebodyIsWritingTo() throws SQLException {
        try (Connection other = server.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(
                    "UPDATE mooring_connections SET expires_at = now() + interval '1 hour' WHERE id = 'expired-7'");

            assertThat(backend.purgeExpired()).isEqualTo(24_999);
            other.commit();
        }
        assertThat(backend.find("expired-7")).isPresent();
    }
}
