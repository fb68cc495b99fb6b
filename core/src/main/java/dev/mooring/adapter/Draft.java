// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.Acceptance;
import dev.mooring.Handshake;
import dev.mooring.backend.StoredConnection;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A connection that is being changed. */
final class Draft {

    final Handshake handshake;
    final @Nullable String subprotocol;

    /** Of the kind that refuses null, as JSON would give it back as a missing member. */
    final Map<String, String> attributes;

    final Set<String> channels;
    private final @Nullable Instant establishing;

    private Draft(ConnectionState state, Set<String> channels, @Nullable Instant establishing) {
        this.handshake = state.handshake();
        this.subprotocol = state.subprotocol();
        this.attributes = new ConcurrentHashMap<>(state.attributes());
        this.channels = new HashSet<>(channels);
        this.establishing = establishing;
    }

    /** A connection that asks to be accepted. */
    static Draft of(Handshake handshake) {
        return new Draft(new ConnectionState(handshake, null, Map.of(), null), Set.of(), null);
    }

    /** A connection that was accepted, and from which a message has come. */
    static Draft of(StoredConnection stored) {
        return new Draft(ConnectionState.fromJson(stored.state()), stored.channels(), null);
    }

    Draft accepted(Acceptance acceptance, Instant now) {
        Handshake kept = ConnectionState.withoutCredentials(handshake, acceptance);
        String subprotocol = acceptance.subprotocol().orElse(null);
        return new Draft(new ConnectionState(kept, subprotocol, attributes, now), channels, now);
    }

    boolean differsFrom(StoredConnection stored) {
        return !channels.equals(stored.channels())
                || !attributes.equals(ConnectionState.fromJson(stored.state()).attributes());
    }

    StoredConnection toStored(String id, Instant expiresAt) {
        String state = new ConnectionState(handshake, subprotocol, attributes, establishing).toJson();
        return new StoredConnection(id, state, channels, expiresAt);
    }
}
