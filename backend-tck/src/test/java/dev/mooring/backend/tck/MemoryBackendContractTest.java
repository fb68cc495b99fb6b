// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import dev.mooring.backend.Backend;
import dev.mooring.backend.SharedMemory;
import java.time.InstantSource;

class MemoryBackendContractTest extends BackendContract {

    private final SharedMemory store = new SharedMemory();

    @Override
    protected Backend open(InstantSource clock) {
        return store.open(clock);
    }
}
