// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqlite;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.tck.BackendContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class SqliteFileContractTest extends BackendContract {

    @TempDir
    Path directory;

    @Override
    protected Backend open(InstantSource clock) {
        return new SqliteBackend(SqliteDatabase.of(Dsn.parse("sqlite://" + directory.resolve("test.db"))), clock);
    }
}
