// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import dev.mooring.backend.tck.BackendContract;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** In core's package to reach what core does not publish: several memory backends on one store. */
class MemoryBackendContractTest extends BackendContract {

    private final ConcurrentNavigableMap<String, StoredConnection> store = new ConcurrentSkipListMap<>();

    @Override
    protected Backend open(InstantSource clock) {
        return new MemoryBackend(store, clock);
    }
}
