// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.StoredConnection;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file holds is what the manual, the backend's class doc, says. */
class SqliteStorageTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.567Z");

    @TempDir
    Path directory;

    private Path file;
    private Instant now = NOW;
    private Duration tick = Duration.ZERO;
    private Backend backend;

    @BeforeEach
    void open() {
        file = directory.resolve("chat.db");
        backend = new SqliteBackend(SqliteDatabase.of(Dsn.parse("sqlite://" + file)), this::tick);
    }

    private Instant tick() {
        now = now.plus(tick);
        return now;
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void aConnectionIsOneRowAndOneMoreForEachChannel() throws SQLException {
        StoredConnection saved = backend.save(connection("a=", NOW.plusSeconds(60), "room", "lobby"));

        assertThat(rows("SELECT id, state, expires_at, revision FROM mooring_connections"))
                .containsExactly("a=|{\"a=\":1}|1795262460567|" + saved.revision());
        assertThat(rows("SELECT channel, id FROM mooring_channels ORDER BY channel"))
                .containsExactly("lobby|a=", "room|a=");
    }

    @Test
    void deletingLeavesNoRow() throws SQLException {
        StoredConnection saved = backend.save(connection("a", NOW.plusSeconds(60), "room", "lobby"));
        backend.update(saved, connection("a", NOW.plusSeconds(60), "lobby", "hall"));
        backend.save(connection("a", NOW.plusSeconds(60), "room"));
        backend.delete("a");

        assertThat(rows("SELECT id FROM mooring_connections UNION ALL SELECT id FROM mooring_channels"))
                .isEmpty();
    }

    @Test
    void whatHasExpiredStaysUntilItIsPurged() throws SQLException {
        backend.save(connection("short", NOW.plusSeconds(1), "room"));
        backend.save(connection("long", NOW.plusSeconds(60), "room"));
        now = NOW.plusSeconds(1);

        assertThat(rows("SELECT id FROM mooring_connections ORDER BY id")).containsExactly("long", "short");
        assertThat(backend.purgeExpired()).isOne();
        assertThat(rows("SELECT id FROM mooring_connections")).containsExactly("long");
        assertThat(rows("SELECT id FROM mooring_channels")).containsExactly("long");
    }

    @Test
    void purgingLeavesNoMembershipOfWhatExpiresMeanwhile() throws SQLException {
        backend.save(connection("a", NOW.plusMillis(1_500), "room"));
        tick = Duration.ofSeconds(1);

        assertThat(backend.purgeExpired()).isZero();
        assertThat(backend.purgeExpired()).isOne();
        assertThat(rows("SELECT id FROM mooring_channels")).isEmpty();
    }

    @Test
    void otherTablesOfTheFileAreLeftAlone() throws SQLException {
        rows("CREATE TABLE connections (id TEXT, body TEXT)", "INSERT INTO connections VALUES ('mine', 'own')");

        backend.save(connection("a", NOW.plusSeconds(60)));

        assertThat(rows("SELECT id, body FROM connections")).containsExactly("mine|own");
        assertThat(backend.connections(null, 10).items()).containsExactly("a");
    }

    @Test
    void theWriteAheadLogIsFoldedInWhenTheLastBackendCloses() throws SQLException {
        backend.save(connection("a", NOW.plusSeconds(60)));

        assertThat(rows("PRAGMA journal_mode")).containsExactly("wal");
        assertThat(directory.resolve("chat.db-wal")).exists();
        assertThat(directory.resolve("chat.db-shm")).exists();
        backend.close();
        assertThat(directory.toFile().list()).containsExactly("chat.db");
    }

    private static StoredConnection connection(String id, Instant expiresAt, String... channels) {
        return new StoredConnection(id, "{\"" + id + "\":1}", Set.of(channels), expiresAt);
    }

    /** Runs statements as any other program would, and returns the rows of the last one. */
    private List<String> rows(String... statements) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = other.createStatement()) {
            for (String sql : statements) {
                if (statement.execute(sql)) {
                    addRows(statement.getResultSet(), rows);
                }
            }
        }
        return rows;
    }

    private static void addRows(ResultSet result, List<String> rows) throws SQLException {
        while (result.next()) {
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                columns.add(result.getString(i));
            }
            rows.add(String.join("|", columns));
        }
    }
}
