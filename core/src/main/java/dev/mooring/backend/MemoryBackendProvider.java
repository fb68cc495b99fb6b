// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.time.InstantSource;
import java.util.Set;

/** Opens {@code memory://}: each time a store of its own. Public for {@link java.util.ServiceLoader} only. */
public final class MemoryBackendProvider implements BackendProvider {

    /** For {@link java.util.ServiceLoader}. */
    public MemoryBackendProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("memory");
    }

    @Override
    public Backend open(Dsn dsn) {
        if (!dsn.allowParameters(Set.of()).body().isEmpty()) {
            throw new InvalidDsnException("memory:// has no name: each memory:// is a store of its own.");
        }
        return new MemoryBackend(InstantSource.system());
    }
}
