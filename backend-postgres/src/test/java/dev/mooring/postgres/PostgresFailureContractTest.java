// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.tck.ServerFailureContract;
import java.time.Duration;

class PostgresFailureContractTest extends ServerFailureContract {

    @Override
    protected Backend open(String host, int port, Duration timeout) {
        return Backends.open("postgresql://user:" + password() + "@" + host + ":" + port + "/db?timeout="
                + timeout.toMillis() + "ms");
    }

    @Override
    protected String password() {
        return "pa55-w0rd";
    }
}
