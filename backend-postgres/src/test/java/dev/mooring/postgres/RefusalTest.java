// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import static dev.mooring.postgres.Connections.connection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Backends;
import dev.mooring.testsupport.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server refuses, said so that one knows what to do. */
class RefusalTest {

    private static final String PASSWORD = "pa55-w0rd";

    @AutoClose
    private static final PostgresServer server = PostgresServer.start();

    @BeforeEach
    void createUser() throws SQLException {
        server.sql("CREATE USER app PASSWORD '" + PASSWORD + "'", "GRANT CREATE ON SCHEMA public TO app");
    }

    @AfterEach
    void dropUser() throws SQLException {
        server.sql("DROP OWNED BY app", "DROP USER app", "DROP TABLE IF EXISTS mooring_connections");
    }

    @Test
    void aWrongPassword() throws IOException {
        assertThat(failure("wr0ng-pa55", "?timeout=1m"))
                .isEqualTo(
                        "the user or password is wrong. Check both in the DSN; '%' and '?' in them are written %25 and"
                                + " %3F. (SQLSTATE 28P01: FATAL: password authentication failed for user \"app\")");
        assertThat(server.wholeLog()).as("tried once").containsOnlyOnce("FATAL:  password authentication failed");
    }

    @Test
    void noPassword() {
        assertThat(failure("", "?timeout=1m"))
                .isEqualTo("the server refuses this connection. Check user, password, the DSN's parameters and the"
                        + " server's pg_hba.conf. (SQLSTATE 08004: The server requested SCRAM-based"
                        + " authentication, but no password was provided.)");
    }

    @Test
    void aDatabaseThatDoesNotExist() {
        BackendException failure =
                failure(Backends.open("postgresql://postgres@localhost:" + server.port() + "/nowhere?timeout=1m"));

        assertThat(failure)
                .hasMessage("postgresql://localhost:" + server.port() + "/nowhere: save failed: the database does not"
                        + " exist. Create it, or correct its name in the DSN. (SQLSTATE 3D000: FATAL: database"
                        + " \"nowhere\" does not exist)");
    }

    @Test
    void aHostThatDoesNotExist() {
        BackendException failure = failure(Backends.open("postgresql://no-such-host.invalid/db?timeout=1m"));

        assertThat(failure)
                .hasMessage("postgresql://no-such-host.invalid/db: save failed: the host's name is unknown. Check it in"
                        + " the DSN, and the resolver of the network it is in. (SQLSTATE 08001: The connection attempt"
                        + " failed.)");
    }

    @Test
    void aMissingPrivilegeOnTheTable() throws SQLException {
        saveAs("postgres");
        server.sql("GRANT INSERT, DELETE ON mooring_connections TO app");

        assertThat(failure(PASSWORD, "?timeout=1m"))
                .isEqualTo(
                        "the user lacks a privilege. GRANT SELECT, INSERT, UPDATE, DELETE ON mooring_connections to it,"
                                + " and USAGE on its schema; to create the table it needs CREATE on the schema. (SQLSTATE 42501: ERROR: permission denied"
                                + " for table mooring_connections)");
    }

    @Test
    void aMissingPrivilegeToCreateTheTable() throws SQLException {
        server.sql("REVOKE CREATE ON SCHEMA public FROM app");

        assertThat(failure(PASSWORD, "?timeout=1m"))
                .endsWith(
                        "to create the table it needs CREATE on the schema. (SQLSTATE 42501: ERROR: permission denied for"
                                + " schema public)");
    }

    @Test
    void theDocumentedPrivilegesWillDo() throws SQLException {
        saveAs("postgres");
        server.sql("GRANT SELECT, INSERT, UPDATE, DELETE ON mooring_connections TO app");

        try (Backend backend = open(PASSWORD, "?auto_create=false")) {
            var saved = backend.save(connection("a", "room"));
            var updated = backend.update(saved, saved).orElseThrow();
            assertThat(backend.find("a")).contains(updated);
            assertThat(backend.members("room", null, 1).items()).containsExactly("a");
            assertThat(backend.connections(null, 1).items()).containsExactly("a");
            assertThat(backend.delete("a")).contains(updated);
            assertThat(backend.purgeExpired()).isZero();
        }
    }

    @Test
    void aMissingPrivilegeOnTheSchema() throws SQLException {
        server.sql("CREATE SCHEMA chat");
        try (Backend owner = Backends.open(server.dsn() + "&table=chat.connections")) {
            owner.save(connection("a"));
            server.sql("GRANT SELECT, INSERT, UPDATE, DELETE ON chat.connections TO app");

            assertThat(failure(PASSWORD, "?timeout=1m&table=chat.connections"))
                    .isEqualTo("the user lacks a privilege. GRANT SELECT, INSERT, UPDATE, DELETE ON chat.connections to"
                            + " it, and USAGE on its schema; to create the table it needs CREATE on the schema."
                            + " (SQLSTATE 42501: ERROR: permission denied for schema chat)");

            server.sql("GRANT USAGE ON SCHEMA chat TO app");
            try (Backend backend = open(PASSWORD, "?timeout=1m&table=chat.connections")) {
                assertThat(backend.find("a")).isPresent();
            }
        } finally {
            server.sql("DROP SCHEMA chat CASCADE");
        }
    }

    @Test
    void aReadOnlyServer() throws SQLException {
        saveAs("app:" + PASSWORD);
        server.sql("ALTER USER app SET default_transaction_read_only = on");

        assertThat(failure(PASSWORD, "?timeout=1m"))
                .isEqualTo("the server is read-only, as a replica is. Name the primary, or all hosts with"
                        + " target_session_attrs=read-write. (SQLSTATE 25006: ERROR: cannot execute INSERT in a"
                        + " read-only transaction)");
    }

    @Test
    void tooManyConnections() throws SQLException {
        server.sql("ALTER USER app CONNECTION LIMIT 0");

        assertThat(failure(PASSWORD, "?timeout=3s"))
                .isEqualTo("the server has no connection left. Limit the function's concurrency, raise"
                        + " max_connections, or put a pooler between. (SQLSTATE 53300: FATAL: too many connections for"
                        + " role \"app\")");
    }

    @Test
    void aConnectionIsWaitedForWhereThereAreTooMany() throws Exception {
        server.sql("ALTER USER app CONNECTION LIMIT 0");
        try (Backend backend = open(PASSWORD, "?timeout=1m")) {
            var saved = CompletableFuture.supplyAsync(() -> backend.save(connection("a")));
            Await.until("a connection was refused", () -> server.wholeLog()
                    .contains("too many connections for role \"app\""));
            server.sql("ALTER USER app CONNECTION LIMIT -1");

            assertThat(saved.get(1, TimeUnit.MINUTES).id()).isEqualTo("a");
        }
    }

    /** Errors of the server's own, by code and words, without filling the disk that the other tests are on. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "53100 | could not extend file | the server's disk is full. Free or add space there.",
                "26000 | prepared statement S_1 does not exist | a pooler between does not know prepared statements. Add"
                        + " prepareThreshold=0 to the DSN, or set the pooler's max_prepared_statements.",
                "54001 | stack depth limit exceeded | the server refused."
            })
    void whatTheServerRaises(String state, String words, String remedy) throws SQLException {
        saveAs("app:" + PASSWORD);
        server.sql(
                "CREATE OR REPLACE FUNCTION raise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '"
                        + words + "' USING ERRCODE = '" + state + "'; END $$",
                "CREATE TRIGGER raise BEFORE INSERT ON mooring_connections EXECUTE FUNCTION raise()");

        assertThat(failure(PASSWORD, "?timeout=1m"))
                .isEqualTo(remedy + " (SQLSTATE " + state + ": ERROR: " + words + ")");
    }

    @Test
    void aTableThatIsNotMoorings() throws SQLException {
        server.sql("CREATE TABLE mooring_connections (id text PRIMARY KEY)", "GRANT ALL ON mooring_connections TO app");

        assertThat(failure(PASSWORD, "?timeout=1m"))
                .isEqualTo("table mooring_connections is not as schema.sql creates it. Drop it, or use another table=."
                        + " (SQLSTATE 42703: ERROR: column \"state\" of relation \"mooring_connections\" does not"
                        + " exist)");
    }

    private static void saveAs(String user) {
        try (Backend backend = Backends.open("postgresql://" + user + "@localhost:" + server.port() + "/postgres")) {
            backend.save(connection("a"));
        }
    }

    private static Backend open(String password, String parameters) {
        return Backends.open("postgresql://app:" + password + "@localhost:" + server.port() + "/postgres" + parameters);
    }

    /** What the message says after store and operation; that it holds no password is checked here for all. */
    private static String failure(String password, String parameters) {
        BackendException failure = failure(open(password, parameters));
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("pa55");
        String prefix = "postgresql://localhost:" + server.port() + "/postgres: save failed: ";
        assertThat(failure).hasMessageStartingWith(prefix);
        return failure.getMessage().substring(prefix.length());
    }

    private static BackendException failure(Backend opened) {
        try (Backend backend = opened) {
            return catchThrowableOfType(BackendException.class, () -> backend.save(connection("a")));
        }
    }
}
