// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.StoredConnection;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each failure says what to do, and once that is done the same backend works. */
class SqliteFailureTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final StoredConnection CONNECTION =
            new StoredConnection("a", "{}", Set.of("room"), NOW.plusSeconds(600));

    @TempDir
    Path directory;

    private Path file;
    private String dsn;
    private Backend backend;

    @BeforeEach
    void open() {
        file = directory.resolve("data/chat.db");
        dsn = "sqlite://" + file;
        backend = open("");
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void aMissingDirectoryIsNamed() throws IOException {
        assertFails(
                "save",
                () -> backend.save(CONNECTION),
                "the directory " + file.getParent() + " does not exist. Create it, or name another file in the DSN.");

        Files.createDirectory(file.getParent());
        assertWorks(backend);
    }

    @Test
    void aDirectoryInTheWayIsNamed() throws IOException {
        Files.createDirectories(file);

        assertFails("find", () -> backend.find("a"), file + " is a directory. Name a file in the DSN.");

        Files.delete(file);
        assertWorks(backend);
    }

    @Test
    void aFileThatCannotBeOpenedIsNamed() throws IOException {
        Files.createDirectory(file.getParent());
        Files.createSymbolicLink(file, directory.resolve("nowhere/chat.db"));

        assertFails(
                "members",
                () -> backend.members("room", null, 1),
                file + " cannot be opened. Allow this user to read and write the file and its directory.");

        Files.delete(file);
        assertWorks(backend);
    }

    @Test
    void anotherKindOfFileIsLeftAlone() throws IOException {
        Files.createDirectory(file.getParent());
        String precious = "dear diary, ".repeat(1000);
        Files.writeString(file, precious);

        assertFails(
                "delete",
                () -> backend.delete("a"),
                file + " is not an SQLite database. Name another file in the DSN.");

        assertThat(file).hasContent(precious);
        Files.delete(file);
        assertWorks(backend);
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Files.createDirectory(file.getParent());
        assertWorks(backend);
        backend.close();
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(4096); // the first page tells that it is a database; all others are spoilt
            bytes.write(new byte[(int) bytes.length() - 4096]);
        }
        backend = open("");

        assertFails(
                "find",
                () -> backend.find("a"),
                file + " is damaged. Stop every process that uses it, move it away or restore a copy of it.");

        Files.delete(file);
        assertWorks(backend);
    }

    @Test
    void aFileThatMayOnlyBeReadCanBeRead() throws IOException {
        Files.createDirectory(file.getParent());
        assertWorks(backend);
        try (Backend reading = open("?mode=ro")) {
            assertFails(
                    "save",
                    () -> reading.save(CONNECTION),
                    file + " cannot be written. Allow this user to write the file and its directory.");

            assertThat(reading.find("a").map(StoredConnection::state)).contains("{}");
        }
    }

    @Test
    void aFullDiskLosesNothingThatIsStored() throws IOException {
        Files.createDirectory(file.getParent());
        StoredConnection large =
                new StoredConnection("large", '"' + "x".repeat(200_000) + '"', Set.of(), CONNECTION.expiresAt());
        try (Backend full = open("?max_page_count=20")) {
            assertWorks(full);

            assertFails(
                    "save",
                    () -> full.save(large),
                    "there is no room left for " + file + ". Free space on its disk; nothing stored is lost.");

            assertThat(full.find("large")).isEmpty();
            assertWorks(full);
        }
        assertThat(backend.save(large)).isNotNull();
    }

    @Test
    void aWriterThatKeepsTheLockDoesNotKeepReadersOut() throws IOException, SQLException {
        Files.createDirectory(file.getParent());
        assertWorks(backend);
        try (Backend waiting = open("", "?timeout=100ms");
                var holder = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = holder.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            assertFails(
                    "save",
                    () -> waiting.save(CONNECTION),
                    "another writer kept the database locked for more than 100 ms. Find who holds it, or set a longer"
                            + " timeout in the DSN.");
            assertThat(waiting.find("a")).isPresent();

            statement.execute("ROLLBACK");
            assertWorks(waiting);
        }
    }

    private Backend open(String driverParameters) {
        return open(driverParameters, "");
    }

    /** What a DSN cannot say, the driver's own parameters can: a file that is read-only or full, for root too. */
    private Backend open(String driverParameters, String parameters) {
        SqliteDatabase database = SqliteDatabase.of(Dsn.parse(dsn + parameters));
        return new SqliteBackend(
                new SqliteDatabase(
                        database.name(), database.file(), database.url() + driverParameters, database.timeout()),
                InstantSource.fixed(NOW));
    }

    private void assertFails(String operation, ThrowingCallable call, String problem) {
        assertThatExceptionOfType(BackendException.class)
                .isThrownBy(call)
                .withMessageMatching("sqlite://[^ ]+: \\w+ failed: .*")
                .withMessageEndingWith(": " + operation + " failed: " + problem)
                .withCauseInstanceOf(SQLException.class);
    }

    private static void assertWorks(Backend backend) {
        StoredConnection saved = backend.save(CONNECTION);
        assertThat(backend.find("a")).contains(saved);
        assertThat(backend.members("room", null, 10).items()).containsExactly("a");
    }
}
