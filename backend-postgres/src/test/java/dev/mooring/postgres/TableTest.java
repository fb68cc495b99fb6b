// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import static dev.mooring.postgres.Connections.connection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Backends;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The table: its name, who creates it and how, and what the jar and the docs say about it. */
class TableTest {

    @AutoClose
    private static final PostgresServer server = PostgresServer.start();

    @AfterEach
    void dropTables() throws SQLException {
        server.sql("DROP SCHEMA IF EXISTS chat CASCADE", "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    }

    @Test
    void isCreatedWithItsIndexByTheFirstCall() throws SQLException {
        try (Backend backend = Backends.open(server.dsn())) {
            assertThat(backend.find("a")).isEmpty();
        }

        assertThat(relations("public"))
                .containsExactly(
                        "mooring_connections",
                        "mooring_connections_channels",
                        "mooring_connections_pkey",
                        "mooring_connections_revision_seq");
    }

    @Test
    void isCreatedAgainWhenSomebodyDropsIt() throws SQLException {
        try (Backend backend = Backends.open(server.dsn())) {
            backend.save(connection("a"));
            server.sql("DROP TABLE mooring_connections");

            assertThat(backend.find("a")).isEmpty();
            assertThat(backend.save(connection("a")).id()).isEqualTo("a");
        }
    }

    @Test
    void manyMayCreateItAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int round = 0; round < 10; round++) {
                String table = "t" + round;
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Object>> creators = new ArrayList<>();
                for (int i = 0; i < 16; i++) {
                    String id = "c" + i;
                    creators.add(threads.submit(() -> {
                        try (Backend backend = Backends.open(server.dsn() + "&table=" + table)) {
                            start.await();
                            return backend.save(connection(id));
                        }
                    }));
                }
                start.countDown();
                for (Future<Object> creator : creators) {
                    creator.get(1, TimeUnit.MINUTES);
                }
                assertThat(server.sql("SELECT count(*) FROM " + table)).containsExactly("16");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void isNeverLeftWithoutItsIndex() throws SQLException {
        server.sql(
                """
                CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION 'no indexes today'; END $$""",
                "CREATE EVENT TRIGGER refuse ON ddl_command_start WHEN TAG IN ('CREATE INDEX')"
                        + " EXECUTE FUNCTION refuse()");
        try (Backend backend = Backends.open(server.dsn())) {
            assertThatThrownBy(() -> backend.save(connection("a"))).hasMessageContaining("no indexes today");
            assertThat(relations("public")).isEmpty();

            server.sql("DROP EVENT TRIGGER refuse");
            backend.save(connection("a"));
            assertThat(relations("public")).contains("mooring_connections_channels");
        }
    }

    @Test
    void isNotCreatedWhereThatIsNotWanted() throws SQLException {
        try (Backend backend = Backends.open(server.dsn() + "&auto_create=false")) {
            assertThatThrownBy(() -> backend.save(connection("a")))
                    .isInstanceOf(BackendException.class)
                    .hasMessage(
                            "postgresql://localhost:" + server.port() + "/postgres: save failed: table"
                                    + " mooring_connections does not exist, and auto_create is false. Create it with schema.sql"
                                    + " from the jar of mooring-backend-postgres, and GRANT SELECT, INSERT, UPDATE, DELETE ON it"
                                    + " to this user. (SQLSTATE 42P01: ERROR: relation \"mooring_connections\" does not exist)");
        }
        assertThat(relations("public")).isEmpty();
    }

    @Test
    void isWhatTheScriptInTheJarCreates() throws Exception {
        try (InputStream script = PostgresBackend.class.getResourceAsStream("schema.sql")) {
            server.sql(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }

        try (Backend backend = Backends.open(server.dsn() + "&auto_create=false")) {
            assertThat(backend.save(connection("a", "room")).id()).isEqualTo("a");
            assertThat(backend.members("room", null, 10).items()).containsExactly("a");
        }
    }

    @Test
    void isDescribedInTheDocsAsItIs() throws Exception {
        try (InputStream script = PostgresBackend.class.getResourceAsStream("schema.sql")) {
            assertThat(Files.readString(Path.of("../docs/backends/postgresql.md")))
                    .contains("```sql\n" + new String(script.readAllBytes(), StandardCharsets.UTF_8) + "```");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connections", "connections-of_2026", "$", "select", "chat.select", "chat.Room-1"})
    void mayHaveAnyOrdinaryName(String table) throws SQLException {
        server.sql("CREATE SCHEMA chat");

        try (Backend backend = Backends.open(server.dsn() + "&table=" + table)) {
            var saved = backend.save(connection("a", "room"));
            assertThat(backend.members("room", null, 10).items()).containsExactly("a");
            assertThat(backend.delete("a")).contains(saved);
        }
        String schema = table.startsWith("chat.") ? "chat" : "public";
        String name = table.substring(table.indexOf('.') + 1);
        assertThat(relations(schema)).contains(name, name + "_channels");
    }

    @Test
    void mayHaveTheLongestNameThatItsIndexLeavesRoomFor() throws SQLException {
        String longest = "a".repeat(48);
        try (Backend backend = Backends.open(server.dsn() + "&table=" + longest)) {
            backend.save(connection("a"));
        }
        assertThat(relations("public")).contains(longest, longest + "_channels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b.c", ".", "a.", "\"a\"", "a b", "a;DROP TABLE b", "größe", "a\nb"})
    void mayNotHaveANameThatIsSyntax(String table) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PostgresBackend(new PGSimpleDataSource(), table))
                .withMessage(
                        "The table must be a name or schema.name, each of 1 to 48 ASCII letters, digits, '_', '-' or"
                                + " '$'.");
    }

    @Test
    void needsItsSchema() {
        try (Backend backend = Backends.open(server.dsn() + "&table=nowhere.connections")) {
            assertThatThrownBy(() -> backend.save(connection("a")))
                    .isInstanceOf(BackendException.class)
                    .hasMessage(
                            "postgresql://localhost:" + server.port() + "/postgres: save failed: the schema of table"
                                    + " nowhere.connections does not exist. Create it, or correct table=. (SQLSTATE 3F000: ERROR:"
                                    + " schema \"nowhere\" does not exist)");
        }
    }

    private static List<String> relations(String schema) throws SQLException {
        return server.sql("SELECT relname FROM pg_class WHERE relnamespace = '" + schema
                + "'::regnamespace ORDER BY relname COLLATE \"C\"");
    }
}
