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
import dev.mooring.backend.Dsn;
import dev.mooring.backend.StoredConnection;
import dev.mooring.testsupport.Await;
import dev.mooring.testsupport.FaultProxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What calls come to whose reply is lost, or late, or never sent. */
class SilenceTest {

    /** As many bytes as the reply to the check of an idle connection has, and one more; other replies are longer. */
    private static final int CHECK_REPLY = 12;

    @AutoClose
    private static final PostgresServer server = PostgresServer.start();

    private FaultProxy proxy;
    private Backend backend;

    @BeforeEach
    void startProxy() {
        proxy = FaultProxy.to("localhost", server.port());
    }

    @AfterEach
    void closeAll() throws SQLException {
        backend.close();
        proxy.close();
        server.sql("DROP TABLE IF EXISTS mooring_connections");
    }

    @Test
    void whatMayRunTwiceIsRepeatedWhenTheReplyWasLost() {
        backend = openProxied("1m");
        StoredConnection a = backend.save(connection("a", "room"));

        proxy.cutReplyAfter(CHECK_REPLY);
        assertThat(backend.find("a")).contains(a);
        proxy.cutReplyAfter(CHECK_REPLY);
        assertThat(backend.members("room", null, 10).items()).containsExactly("a");
        proxy.cutReplyAfter(CHECK_REPLY);
        StoredConnection saved = backend.save(withState(a, "{\"saved\":1}"));
        assertThat(backend.find("a")).contains(saved);
    }

    @Test
    void anUpdateWhoseReplyWasLostFailsBecauseItMayHaveWon() {
        backend = openProxied("1m");
        StoredConnection a = backend.save(connection("a"));

        proxy.cutReplyAfter(CHECK_REPLY);

        assertThatThrownBy(() -> backend.update(a, withState(a, "{\"won\":1}")))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining(": update failed: the connection broke, and the call may have taken effect.");
        assertThat(backend.find("a").orElseThrow().state()).isEqualTo("{\"won\":1}");
        assertThat(backend.update(a, a)).isEmpty();
    }

    @Test
    void aDeleteWhoseReplyWasLostFailsBecauseNobodyKnowsWhoLeft() {
        backend = openProxied("1m");
        backend.save(connection("a"));

        proxy.cutReplyAfter(CHECK_REPLY);

        assertThatThrownBy(() -> backend.delete("a"))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining(": delete failed: the connection broke, and the call may have taken effect.");
        assertThat(backend.delete("a")).isEmpty();
    }

    @Test
    void aServerThatHangsEndsTheCallInTimeAndTheNextOneSucceeds() {
        backend = openProxied("3s");
        StoredConnection a = backend.save(connection("a"));

        proxy.stall();

        assertThatThrownBy(() -> backend.find("a"))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining(": find failed: no ");
        proxy.heal();
        assertThat(backend.find("a")).contains(a);
    }

    @Test
    void aStatementThatWaitsForALockEndsInTimeAndTheNextOneSucceeds() throws Exception {
        backend = Backends.open(server.dsn("5s"));
        StoredConnection a = backend.save(connection("a"));
        try (Connection locking = server.connect();
                Statement statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            statement.execute("LOCK TABLE mooring_connections");

            assertThatThrownBy(() -> backend.find("a"))
                    .isInstanceOf(BackendException.class)
                    .hasMessageStartingWith("postgresql://localhost:" + server.port()
                            + "/postgres: find failed: no answer within 5000 ms. Check that the server is up and the"
                            + " network open, or raise timeout.");
        }
        assertThat(backend.find("a")).contains(a);
    }

    @Test
    void aThreadThatIsInterruptedWhileItConnectsHasFailedACall() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            backend = Backends.open("postgresql://localhost:" + silent.getLocalPort() + "/postgres?timeout=1h");
            FutureTask<Object> call = new FutureTask<>(() -> backend.find("a"));
            Thread thread = new Thread(call);
            thread.start();
            silent.accept(); // it has begun
            Await.until("an answer is waited for", () -> thread.getState() == Thread.State.TIMED_WAITING);

            thread.interrupt();

            assertThatThrownBy(() -> call.get(1, TimeUnit.MINUTES))
                    .cause()
                    .isInstanceOf(BackendException.class)
                    .hasMessageEndingWith(": find failed: interrupted while waiting for a connection");
        }
    }

    @Test
    void aConnectionThatDiedInSilenceIsReplaced() throws Exception {
        backend = Backends.open(server.dsn());
        StoredConnection a = backend.save(connection("a"));
        String session = server.sql("SELECT pid FROM pg_stat_activity WHERE application_name = 'mooring'")
                .get(0);
        Thread.sleep(700);

        signal("STOP", session);
        try {
            assertThat(backend.delete("a")).contains(a);
        } finally {
            signal("CONT", session);
        }
    }

    @Test
    void aConnectionThatDiedInSilenceIsNotReplacedForLongerThanTheCallMayTake() throws Exception {
        backend = openProxied("10m");
        Dsn dsn = Dsn.parse("postgresql://postgres@localhost:" + proxy.port() + "/postgres");
        ConnectionPool pool = new ConnectionPool(DriverSettings.connector(dsn), 1, Duration.ofMinutes(10));
        pool.giveBack(pool.take(Deadline.in(Duration.ofMinutes(1))));
        Thread.sleep(700);

        proxy.stall();
        FutureTask<Connection> call = new FutureTask<>(() -> pool.take(Deadline.in(Duration.ofSeconds(3))));
        new Thread(call).start();
        assertThatThrownBy(() -> call.get(1, TimeUnit.MINUTES)).hasCauseInstanceOf(SQLException.class);

        proxy.heal();
        pool.giveBack(pool.take(Deadline.in(Duration.ofMinutes(1))));
        pool.close();
    }

    private static void signal(String signal, String process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, process).start().waitFor())
                .isZero();
    }

    private Backend openProxied(String timeout) {
        return Backends.open("postgresql://postgres@localhost:" + proxy.port() + "/postgres?timeout=" + timeout);
    }
}
