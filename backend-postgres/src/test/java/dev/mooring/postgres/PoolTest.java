// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import static dev.mooring.postgres.Connections.connection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.Dsn;
import dev.mooring.testsupport.Await;
import java.sql.Connection;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** How many connections there are, and whose they are. */
class PoolTest {

    @AutoClose
    private static final PostgresServer server = PostgresServer.start();

    @Test
    void oneConnectionServesAllThreadsUntilTheBackendIsClosed() throws Exception {
        try (Backend backend = Backends.open(server.dsn())) {
            Await.until("no session is left of those before", () -> server.sessions() == 0);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String id = "c" + i;
                Thread thread = new Thread(() -> backend.save(connection(id)));
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(server.sessions()).isEqualTo(1);
            assertThat(backend.connections(null, 10).items()).hasSize(8);
        }
        Await.until("the session has ended", () -> server.sessions() == 0);
    }

    @Test
    void aCallThatFindsNoConnectionFreeSaysSo() throws Exception {
        ConnectionPool pool =
                new ConnectionPool(DriverSettings.connector(Dsn.parse(server.dsn())), 1, Duration.ofMillis(300));
        Connection taken = pool.take(Deadline.in(Duration.ofMinutes(1)));

        assertThatThrownBy(() -> pool.take(Deadline.in(Duration.ofMillis(10))))
                .isInstanceOf(SQLTimeoutException.class)
                .hasMessage("all connections (pool_size=1) were in use; raise pool_size where calls run in parallel");

        Connection same = taken.unwrap(PGConnection.class) instanceof Connection session ? session : taken;
        pool.giveBack(taken);
        Connection again = pool.take(Deadline.in(Duration.ofMinutes(1)));
        assertThat(again.unwrap(PGConnection.class)).isSameAs(same);
        pool.giveBack(again);
        pool.close();
        assertThat(same.isClosed()).as("closed with the pool").isTrue();
    }

    @Test
    void aCallThatWaitsGoesOnWhenTheOneBeforeItFails() throws Exception {
        Deadline deadline = Deadline.in(Duration.ofMinutes(1));
        ConnectionPool pool =
                new ConnectionPool(DriverSettings.connector(Dsn.parse(server.dsn())), 1, Duration.ofMinutes(1));
        Connection failing = pool.take(deadline);
        FutureTask<Connection> next = new FutureTask<>(() -> pool.take(deadline));
        Thread waiting = new Thread(next);
        waiting.start();
        Await.until("the next call waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);

        pool.discard(failing);

        pool.giveBack(next.get());
        pool.close();
    }

    @Test
    void aCallThatWaitsIsTheNextToEndWhenThePoolIsClosed() throws Exception {
        Deadline deadline = Deadline.in(Duration.ofHours(1));
        ConnectionPool pool =
                new ConnectionPool(DriverSettings.connector(Dsn.parse(server.dsn())), 1, Duration.ofHours(1));
        Connection last = pool.take(deadline);
        FutureTask<Connection> next = new FutureTask<>(() -> pool.take(deadline));
        Thread waiting = new Thread(next);
        waiting.start();
        Await.until("the next call waits", () -> waiting.getState() == Thread.State.TIMED_WAITING);
        pool.close();

        pool.discard(last);

        assertThatThrownBy(() -> next.get(1, TimeUnit.MINUTES)).hasRootCauseMessage("the backend was closed");
    }

    @Test
    void aDataSourceOfTheUsersStaysOpenAndIsTriedAgainWhenItsConnectionWasDead() throws Exception {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(
                    "jdbc:postgresql://localhost:" + server.port() + "/postgres?user=postgres&ApplicationName=mooring");
            pool.setMaximumPoolSize(1);
            try (Backend backend = new PostgresBackend(pool, "users")) {
                var saved = backend.save(connection("a"));
                server.terminateSessions();
                assertThat(backend.delete("a")).contains(saved);
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.isValid(60)).isTrue();
            }
        }
    }
}
