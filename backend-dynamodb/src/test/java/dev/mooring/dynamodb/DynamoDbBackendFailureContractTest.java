// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.Backend;
import dev.mooring.backend.tck.ServerFailureContract;
import java.time.Duration;

class DynamoDbBackendFailureContractTest extends ServerFailureContract {

    @Override
    protected Backend open(String host, int port, Duration timeout) {
        return Server.open("dynamodb://contract?region=eu-west-1&endpoint_url=http://" + host + ":" + port + "&timeout="
                + timeout.toMillis() + "ms");
    }
}
