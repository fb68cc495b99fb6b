// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import dev.mooring.backend.Backend;
import dev.mooring.backend.tck.ServerFailureContract;
import java.time.Duration;
import java.time.InstantSource;

class S3BackendFailureContractTest extends ServerFailureContract {

    @Override
    protected Backend open(String host, int port, Duration timeout) {
        return TestServer.openAt(
                "http://" + host + ":" + port,
                "s3://bucket?timeout=" + timeout.toMillis() + "ms",
                InstantSource.system());
    }

    @Override
    protected String password() {
        return TestServer.SECRET;
    }
}
