// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.tck.BackendContract;
import java.time.InstantSource;
import org.junit.jupiter.api.AutoClose;

class ClusterContractTest extends BackendContract {

    @AutoClose
    private static final ClusterProcesses cluster = ClusterProcesses.start(0);

    @Override
    protected Backend open(InstantSource clock) {
        int seed = cluster.nodes().get(0).port();
        return RedisBackendProvider.open(Dsn.parse("redis://127.0.0.1:" + seed + "?cluster=true"), clock);
    }
}
