// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.backend.Backend;
import dev.mooring.backend.tck.BackendContract;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;

/** The contract over a pool as a user may bring one: its connections do not even commit by themselves. */
class UserDataSourceContractTest extends BackendContract {

    @AutoClose
    private static final PostgresServer server = PostgresServer.start();

    private static HikariDataSource pool;

    @BeforeAll
    static void start() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://localhost:" + server.port() + "/postgres?user=postgres");
        config.setAutoCommit(false);
        pool = new HikariDataSource(config);
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @Override
    protected Backend open(InstantSource clock) {
        return new PostgresBackend(pool, "connections-of-Users", clock);
    }
}
