// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.tck.ServerFailureContract;
import java.time.Duration;

class TlsFailureContractTest extends ServerFailureContract {

    @Override
    protected Backend open(String host, int port, Duration timeout) {
        return Backends.open(
                "rediss://app:" + password() + "@" + host + ":" + port + "?timeout=" + timeout.toSeconds());
    }

    @Override
    protected String password() {
        return "t0ps3cret";
    }
}
