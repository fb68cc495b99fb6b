// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.tck.BackendContract;
import java.time.InstantSource;

class DynamoDbBackendContractTest extends BackendContract {

    @Override
    protected Backend open(InstantSource clock) {
        return DynamoDbBackendProvider.open(Dsn.parse(Server.dsn("contract")), clock);
    }
}
