// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.tck.BackendContract;
import java.time.InstantSource;
import org.junit.jupiter.api.AutoClose;

/** The contract from a DSN that says no more than where the server is. */
class PostgresBackendContractTest extends BackendContract {

    @AutoClose
    private static final PostgresServer server = PostgresServer.start();

    @Override
    protected Backend open(InstantSource clock) {
        return PostgresBackendProvider.open(Dsn.parse(server.dsn()), clock);
    }
}
