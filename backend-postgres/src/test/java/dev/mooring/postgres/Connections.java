// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import dev.mooring.backend.StoredConnection;
import java.time.Instant;
import java.util.Set;

/** Connections to store. */
final class Connections {

    private Connections() {}

    static StoredConnection connection(String id, String... channels) {
        return new StoredConnection(
                id, "{\"v\":1}", Set.of(channels), Instant.now().plusSeconds(3600));
    }

    static StoredConnection withState(StoredConnection connection, String state) {
        return new StoredConnection(
                connection.id(), state, connection.channels(), connection.expiresAt(), connection.revision());
    }
}
