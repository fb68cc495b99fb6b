// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.time.InstantSource;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A store in memory that several backends open. In core's package to reach what core does not publish. */
public final class SharedMemory {

    private final ConcurrentNavigableMap<String, StoredConnection> connections = new ConcurrentSkipListMap<>();

    public Backend open(InstantSource clock) {
        return new MemoryBackend(connections, clock);
    }
}
