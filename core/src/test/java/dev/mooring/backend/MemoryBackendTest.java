// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryBackendTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private Backend backend;
    private boolean crowded;

    @Test
    void whoConnectsMeanwhileIsNotCountedAsPurged() {
        backend = MemoryBackends.open(() -> {
            if (crowded) {
                save("b", NOW.plusSeconds(60));
                save("c", NOW.plusSeconds(60));
            }
            return NOW;
        });
        save("a", NOW);
        crowded = true;

        assertThat(backend.purgeExpired()).isOne();
        assertThat(backend.connections(null, 10).items()).containsExactly("b", "c");
    }

    private void save(String id, Instant expiresAt) {
        backend.save(new StoredConnection(id, "{}", Set.of(), expiresAt));
    }
}
