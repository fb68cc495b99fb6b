// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.tck.BackendContract;
import java.time.InstantSource;
import org.junit.jupiter.api.AutoClose;

class RedisBackendContractTest extends BackendContract {

    @AutoClose
    private static final RedisProcess redis = RedisProcess.start();

    @Override
    protected Backend open(InstantSource clock) {
        return RedisBackendProvider.open(Dsn.parse("redis://127.0.0.1:" + redis.port()), clock);
    }
}
