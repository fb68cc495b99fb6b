// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Backends;
import dev.mooring.backend.StoredConnection;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileBackendTest {

    private final StoredConnection connection =
            new StoredConnection("a=", "{}", Set.of("lobby"), Instant.now().plusSeconds(60));

    @TempDir
    Path directory;

    @Test
    void aDsnOpensIt() {
        String dsn = "file://" + directory.resolve("new/connections");
        try (Backend backend = Backends.open(dsn)) {
            backend.save(connection);
        }
        try (Backend backend = Backends.open(dsn)) {
            assertThat(backend.members("lobby", null, 10).items()).containsExactly("a=");
        }
    }

    @Test
    void aDirectoryThatCannotBeMadeIsAClearError() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        try (Backend backend = Backends.open("file://" + file.resolve("connections"))) {
            assertThatThrownBy(() -> backend.save(connection))
                    .isInstanceOf(BackendException.class)
                    .hasMessageStartingWith("file://" + file + "/connections: save failed: ")
                    .hasMessageEndingWith("Can this process write to the directory, and is there room?")
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"id\":\"a=\",\"st", "[]", "{}"})
    void aDamagedFileIsAClearError(String content) throws IOException {
        try (Backend backend = Backends.open("file://" + directory)) {
            backend.save(connection);
            Path file = record();
            Files.writeString(file, content);

            assertThatThrownBy(() -> backend.find("a="))
                    .isInstanceOf(BackendException.class)
                    .hasMessageStartingWith("file://" + directory + ": find failed: IOException at " + file
                            + ", which is damaged: delete it.");
            assertThatThrownBy(() -> backend.members("lobby", null, 10)).isInstanceOf(BackendException.class);
            Files.delete(file);
            assertThat(backend.members("lobby", null, 10).items()).isEmpty();
        }
    }

    /** The file of the only connection. */
    private Path record() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
            return files.iterator().next();
        }
    }
}
