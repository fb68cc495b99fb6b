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
import dev.mooring.testsupport.FaultProxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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

    private static void signal(String signal, String process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, process).start().waitFor())
                .isZero();
    }

    private Backend openProxied(String timeout) {
        return Backends.open("postgresql://postgres@localhost:" + proxy.port() + "/postgres?timeout=" + timeout);
    }
}
