// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.InvalidDsnException;
import dev.mooring.backend.StoredConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteDsnTest {

    private static final Path HERE = Path.of("").toAbsolutePath();

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "sqlite://mydbfile.sqlite3, mydbfile.sqlite3",
        "sqlite://chat.db, chat.db",
        "SQLITE://chat.db, chat.db",
        "sqlite://./chat.db, chat.db",
        "sqlite://data/chat.db, data/chat.db",
        "sqlite://../chat.db, ../chat.db",
        "sqlite://my%20chat.db?timeout=1s&ttl=2h, my chat.db",
        "sqlite://10:30.db, 10:30.db",
        "sqlite://./me@home.db, me@home.db"
    })
    void aRelativeNameIsAFileInTheWorkingDirectory(String dsn, String file) {
        assertThat(SqliteDatabase.of(Dsn.parse(dsn)).file())
                .isEqualTo(HERE.resolve(file).normalize());
    }

    @Test
    void threeSlashesBeginAnAbsoluteName() {
        assertThat(SqliteDatabase.of(Dsn.parse("sqlite:///var/lib/chat.db")).file())
                .isEqualTo(Path.of("/var/lib/chat.db").toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat.db",
                "my chat.db",
                "50%.db",
                "what?mode=ro.db",
                "a#b&c=d.db",
                "file:x.db",
                "été.db",
                ":resource:x",
                "x?journal_mode=off",
                "me@home.db"
            })
    void theFileIsCreatedUnderExactlyTheNameGiven(String name) throws IOException {
        String escaped = name.replace("%", "%25").replace("?", "%3F");

        saveAndFind("sqlite://" + directory + "/" + escaped);

        try (var files = Files.list(directory)) {
            assertThat(files).as("also, nothing else is left behind").containsExactly(directory.resolve(name));
        }
    }

    @Test
    void aRelativeNameWorks() {
        saveAndFind("sqlite://" + HERE.relativize(directory) + "/chat.db");

        assertThat(directory.resolve("chat.db")).exists();
    }

    @Test
    void eachBackendInMemoryHasADatabaseOfItsOwn() {
        StoredConnection connection = connection();
        try (Backend one = Backends.open("sqlite://:memory:");
                Backend other = Backends.open("sqlite://:memory:")) {
            one.save(connection);

            assertThat(one.find(connection.id())).isPresent();
            assertThat(other.find(connection.id())).isEmpty();
        }
    }

    @Test
    void whatIsStoredOutlivesTheBackend() {
        String dsn = "sqlite://" + directory.resolve("chat.db");
        saveAndFind(dsn);

        try (Backend backend = Backends.open(dsn)) {
            assertThat(backend.find(connection().id())).isPresent();
            assertThat(backend.members("room", null, 10).items())
                    .containsExactly(connection().id());
        }
    }

    @Test
    void openingTouchesNoFile() {
        Backends.open("sqlite://" + directory.resolve("chat.db")).close();

        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite://", "sqlite:///", "sqlite://data/", "sqlite://?timeout=1s"})
    void aMissingFileNameIsAnError(String dsn) {
        assertThatExceptionOfType(InvalidDsnException.class)
                .isThrownBy(() -> Backends.open(dsn))
                .withMessage("The file name is missing: write sqlite://file.db for a file in the working directory,"
                        + " sqlite:///path/file.db for one by its absolute path, or sqlite://:memory:.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqlite://u:secret@h/a.db",
                "sqlite://secret@h/a.db",
                "sqlite://u:se/cret@h",
                "sqlite://secret%40h"
            })
    void aPasswordIsAnErrorThatDoesNotRepeatIt(String dsn) {
        assertThatExceptionOfType(InvalidDsnException.class)
                .isThrownBy(() -> Backends.open(dsn))
                .withMessage(
                        "sqlite:// names a file, no server with user and password. If the '@' is part of the file's"
                                + " name, begin it with './' or '/'.");
    }

    @Test
    void aNameThatNoFileCanHaveIsAnError() {
        assertThatExceptionOfType(InvalidDsnException.class)
                .isThrownBy(() -> Backends.open("sqlite://a%00b.db"))
                .withMessage("The file name in sqlite:// is none on this system: Nul character not allowed.");
    }

    @Test
    void anUnknownParameterIsAnError() {
        assertThatExceptionOfType(InvalidDsnException.class)
                .isThrownBy(() -> Backends.open("sqlite://chat.db?journal_mode=off"))
                .withMessage("Unknown parameter 'journal_mode' for sqlite://. Known ones: timeout, ttl.");
    }

    private static void saveAndFind(String dsn) {
        try (Backend backend = Backends.open(dsn)) {
            StoredConnection saved = backend.save(connection());
            assertThat(backend.find(saved.id())).contains(saved);
        }
    }

    private static StoredConnection connection() {
        return new StoredConnection("a=", "{}", Set.of("room"), Instant.now().plusSeconds(60));
    }
}
