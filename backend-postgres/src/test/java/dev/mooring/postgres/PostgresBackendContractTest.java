// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.tck.BackendContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract from a DSN that says no more than where the server is. */
class PostgresBackendContractTest extends BackendContract {

    private static PostgresServer server;

    @BeforeAll
    static void startServer(@TempDir Path directory) throws IOException {
        server = PostgresServer.in(directory);
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    protected Backend open(InstantSource clock) {
        return PostgresBackendProvider.open(Dsn.parse(server.dsn()), clock);
    }
}
