// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import dev.mooring.backend.Backend;
import dev.mooring.backend.SharedMemory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Makes a sound backend wrong in one way. */
interface Fault {

    Backend in(Backend sound, Store store);

    /** What the backends of one test share. */
    final class Store {
        private final SharedMemory memory = new SharedMemory();
        final Map<String, Set<String>> index = new ConcurrentHashMap<>();

        /** A sound backend, by a clock that may be wrong. */
        Backend open(InstantSource clock) {
            return memory.open(clock);
        }

        /** A sound backend to which nothing ever expires. */
        Backend openWithoutExpiry() {
            return memory.open(() -> Instant.EPOCH);
        }

        Set<String> members(String channel) {
            return index.computeIfAbsent(channel, name -> ConcurrentHashMap.newKeySet());
        }
    }

    /** Long enough for other threads to come in between. */
    static void pause() {
        LockSupport.parkNanos(500_000);
    }
}
