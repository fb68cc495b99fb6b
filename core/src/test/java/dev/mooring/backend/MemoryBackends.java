// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.time.InstantSource;

/** Opens {@code memory://} with a clock of the test's. */
public final class MemoryBackends {

    private MemoryBackends() {}

    public static Backend open(InstantSource clock) {
        return new MemoryBackend(clock);
    }
}
