// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import dev.mooring.backend.Backend;
import java.time.Duration;

class SocketBackendFailureTest extends ServerFailureContract {

    @Override
    protected Backend open(String host, int port, Duration timeout) {
        return new SocketBackend(host, port, timeout);
    }

    @Override
    protected String password() {
        return "geheim";
    }
}
