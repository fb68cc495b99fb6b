// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import static dev.mooring.postgres.Connections.connection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.StoredConnection;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is sent to the server: one statement for each call, and nothing that a pooler could trip over. */
class StatementsTest {

    private static final Pattern STATEMENT = Pattern.compile("LOG:  (?:execute )?([^:]*): ((\\S+).*)");

    @AutoClose
    private static final PostgresServer server = PostgresServer.start("log_statement", "all");

    private static String dsn;

    @BeforeAll
    static void createUser() throws SQLException {
        server.sql("CREATE USER app PASSWORD 'secret'", "GRANT CREATE ON SCHEMA public TO app");
        dsn = "postgresql://app:secret@localhost:" + server.port() + "/postgres?timeout=1m";
        try (Backend backend = Backends.open(dsn)) {
            backend.find("a");
        }
    }

    @Test
    void eachCallIsOneStatementAndTheFirstConnectionOneMore() throws IOException {
        int before = statements().size();

        try (Backend backend = Backends.open(dsn)) {
            StoredConnection saved = backend.save(connection("a", "room"));
            backend.find("a");
            backend.update(saved, saved);
            backend.members("room", null, 10);
            backend.connections(null, 10);
            backend.delete("a");
            backend.purgeExpired();
        }

        assertThat(statements().subList(before, statements().size()))
                .extracting(statement -> statement.group(3))
                // HikariCP asks once for the isolation level
                .containsExactly("SHOW", "INSERT", "SELECT", "UPDATE", "SELECT", "SELECT", "DELETE", "DELETE");
    }

    @Test
    void whatIsSentOftenIsPreparedButForMembersWhosePlanDependsOnTheChannel() throws IOException {
        try (Backend backend = Backends.open(dsn)) {
            for (int i = 0; i < 10; i++) {
                backend.find("b");
                backend.members("b", null, 10);
            }
        }

        assertThat(statements())
                .filteredOn(statement -> statement.group(2).contains(" WHERE channels @> "))
                .extracting(statement -> statement.group(1))
                .hasSizeGreaterThanOrEqualTo(10)
                .containsOnly("<unnamed>");
        assertThat(statements())
                .filteredOn(statement -> statement.group(2).startsWith("SELECT state, "))
                .extracting(statement -> statement.group(1))
                .contains("S_1");
    }

    /** Without the check of a connection that has been idle: it is an empty statement. */
    private static List<MatchResult> statements() throws IOException {
        List<MatchResult> statements = new ArrayList<>();
        for (String line : server.log("app")) {
            Matcher matcher = STATEMENT.matcher(line);
            if (matcher.matches()) {
                statements.add(matcher.toMatchResult());
            }
        }
        return statements;
    }
}
