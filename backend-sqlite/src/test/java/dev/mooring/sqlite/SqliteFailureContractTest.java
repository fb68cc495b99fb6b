// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqlite;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.tck.BackendFailureContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteFailureContractTest extends BackendFailureContract {

    @TempDir
    Path directory;

    private Connection holder;

    /** A process that keeps the whole file to itself. */
    @BeforeEach
    void lock() throws SQLException {
        holder = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("locked.db"));
        try (var statement = holder.createStatement()) {
            statement.execute("PRAGMA locking_mode = EXCLUSIVE");
            statement.execute("CREATE TABLE held (id INTEGER)");
        }
    }

    @AfterEach
    void unlock() throws SQLException {
        holder.close();
    }

    @Override
    protected Backend openUnreachable(Duration timeout) {
        return open("missing/test.db", timeout);
    }

    @Override
    protected Backend openSilent(Duration timeout) {
        return open("locked.db", timeout);
    }

    private Backend open(String file, Duration timeout) {
        return Backends.open("sqlite://" + directory.resolve(file) + "?timeout=" + timeout.toMillis() + "ms");
    }
}
