// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import static dev.mooring.postgres.Connections.connection;
import static dev.mooring.postgres.Connections.withState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Backends;
import dev.mooring.backend.StoredConnection;
import dev.mooring.testsupport.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What calls come to whose session or server goes away, and that the calls after them succeed. */
class RecoveryTest {

    @AutoClose
    private static final PostgresServer server = PostgresServer.start();

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
        becomeWritable();
        server.sql("DROP TABLE IF EXISTS mooring_connections");
    }

    /** For sessions that begin from now on; those there are end. */
    private static void becomeReadOnly() throws SQLException {
        server.sql("ALTER DATABASE postgres SET default_transaction_read_only = on");
        server.terminateSessions();
    }

    private static void becomeWritable() throws SQLException {
        server.sql(
                "SET default_transaction_read_only = off",
                "ALTER DATABASE postgres RESET default_transaction_read_only");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 700})
    void noCallFailsWhenItsSessionWasTerminated(long idleMillis) throws Exception {
        Backend backend = open(server.dsn());
        StoredConnection a = backend.save(connection("a", "room"));

        terminate(idleMillis);
        assertThat(backend.find("a")).contains(a);
        terminate(idleMillis);
        assertThat(backend.members("room", null, 10).items()).containsExactly("a");
        terminate(idleMillis);
        assertThat(backend.connections(null, 10).items()).containsExactly("a");
        terminate(idleMillis);
        StoredConnection saved = backend.save(a);
        terminate(idleMillis);
        Optional<StoredConnection> updated = backend.update(saved, withState(saved, "{}"));
        assertThat(updated).isPresent();
        terminate(idleMillis);
        assertThat(backend.update(saved, a)).as("a lost race").isEmpty();
        terminate(idleMillis);
        assertThat(backend.delete("a")).isEqualTo(updated);
        terminate(idleMillis);
        assertThat(backend.purgeExpired()).isZero();
    }

    private static void terminate(long idleMillis) throws Exception {
        server.terminateSessions();
        Thread.sleep(idleMillis);
    }

    @Test
    void noCallFailsWhenAllSessionsOfThePoolWereTerminated() throws Exception {
        Await.until("no session is left of those before", () -> server.sessions() == 0);
        Backend backend = open(server.dsn() + "&pool_size=4");
        StoredConnection a = backend.save(connection("a"));
        callAtOnce(4, () -> backend.find("a"));
        assertThat(server.sessions()).isEqualTo(4);

        server.terminateSessions();

        assertThat(backend.update(a, withState(a, "{}"))).isPresent();
    }

    /** Each of several calls on a connection of its own: they all wait for a lock until the last has begun. */
    private void callAtOnce(int count, Runnable call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        opened.add(threads::shutdownNow);
        List<Future<?>> calls = new ArrayList<>();
        try (Connection locking = server.connect();
                Statement statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            statement.execute("LOCK TABLE mooring_connections");
            for (int i = 0; i < count; i++) {
                calls.add(threads.submit(call));
            }
            Await.until(
                    "all calls wait for the lock",
                    () -> server.sql("SELECT pid FROM pg_locks WHERE NOT granted")
                                    .size()
                            == count);
        }
        for (Future<?> future : calls) {
            future.get(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void noCallFailsWhenTheServerWasRestarted() throws Exception {
        Backend backend = open(server.dsn());
        StoredConnection a = backend.save(connection("a"));

        server.stop();
        server.startAgain();

        assertThat(backend.delete("a")).contains(a);
    }

    @Test
    void aCallWaitsForAServerThatIsBeingRestarted() throws Exception {
        Backend backend = open(server.dsn());
        StoredConnection a = backend.save(connection("a"));

        server.stop();
        CompletableFuture<Optional<StoredConnection>> deleted =
                CompletableFuture.supplyAsync(() -> backend.delete("a"));
        server.startAgain();

        assertThat(deleted.get(1, TimeUnit.MINUTES)).contains(a);
    }

    @Test
    void theNextCallSucceedsOnceTheServerIsBack() throws Exception {
        Backend backend = open(server.dsn("3s"));
        StoredConnection a = backend.save(connection("a"));
        server.stop();
        assertThatThrownBy(() -> backend.find("a"))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("no connection could be made");

        server.startAgain();

        assertThat(backend.find("a")).contains(a);
    }

    @Test
    void aConnectionThatFailedIsNotUsedAgain() throws Exception {
        Backend backend = open(server.dsn());
        StoredConnection a = backend.save(connection("a"));
        becomeReadOnly();
        assertThatThrownBy(() -> backend.delete("a")).isInstanceOf(BackendException.class);

        becomeWritable();

        assertThat(backend.delete("a")).contains(a);
    }

    @Test
    void aServerThatIsNoLongerThePrimaryIsLookedForAgain() throws Exception {
        Backend backend = open(server.dsn());
        StoredConnection a = backend.save(connection("a"));
        becomeReadOnly();
        assertThat(backend.find("a")).as("over a session that cannot write").contains(a);
        becomeWritable();

        assertThat(backend.delete("a")).contains(a);
    }

    @Test
    void aLostRaceIsNoFailureWhereTransactionsAreIsolatedMoreStrictly() throws Exception {
        Backend backend = open(server.dsn() + "&options=-c%20default_transaction_isolation=serializable");
        StoredConnection a = backend.save(connection("a"));
        try (Connection winner = server.connect();
                Statement statement = winner.createStatement()) {
            winner.setAutoCommit(false);
            statement.execute("UPDATE mooring_connections SET state = '{}', revision = DEFAULT");
            CompletableFuture<Optional<StoredConnection>> loser =
                    CompletableFuture.supplyAsync(() -> backend.update(a, a));
            Await.until("the update waits", () -> !server.sql("SELECT pid FROM pg_locks WHERE NOT granted")
                    .isEmpty());
            winner.commit();

            assertThat(loser.get(1, TimeUnit.MINUTES)).isEmpty();
        }
    }

    private Backend open(String dsn) {
        Backend backend = Backends.open(dsn);
        opened.add(backend);
        return backend;
    }
}
