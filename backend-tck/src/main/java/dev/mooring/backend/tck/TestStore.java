// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** The store under test as one test sees it: opens it, and makes names that no other test uses. */
final class TestStore implements AutoCloseable {

    static final Duration TTL = Duration.ofHours(1);

    final MutableClock clock = new MutableClock();

    /** How many connections are many. */
    final int crowd;

    private final Function<InstantSource, Backend> opener;
    private final ConcurrentLinkedQueue<Backend> opened = new ConcurrentLinkedQueue<>();
    private final String prefix = UUID.randomUUID().toString().substring(0, 8) + "-";

    TestStore(Function<InstantSource, Backend> opener, int crowd) {
        this.opener = opener;
        this.crowd = crowd;
    }

    Backend open() {
        Backend backend = opener.apply(clock);
        opened.add(backend);
        return backend;
    }

    /** A connection id or channel name of this test alone. */
    String name(String suffix) {
        return prefix + suffix;
    }

    /** A connection of this test, not yet stored. */
    StoredConnection connection(String name, String... channels) {
        return new StoredConnection(
                name(name), "{\"v\":1}", Set.of(channels), clock.instant().plus(TTL));
    }

    /** The ids of this test that the backend lists; the store may hold others. */
    List<String> connections(Backend backend, int limit) {
        return Listing.connections(backend, limit).stream()
                .filter(id -> id.startsWith(prefix))
                .toList();
    }

    static StoredConnection withState(StoredConnection connection, String state) {
        return new StoredConnection(
                connection.id(), state, connection.channels(), connection.expiresAt(), connection.revision());
    }

    static StoredConnection withChannels(StoredConnection connection, String... channels) {
        return withChannels(connection, Set.of(channels));
    }

    static StoredConnection withChannels(StoredConnection connection, Set<String> channels) {
        return new StoredConnection(
                connection.id(), connection.state(), channels, connection.expiresAt(), connection.revision());
    }

    static StoredConnection withExpiry(StoredConnection connection, Instant expiresAt) {
        return new StoredConnection(
                connection.id(), connection.state(), connection.channels(), expiresAt, connection.revision());
    }

    /** What was stored, apart from the revision that the store gave it. */
    static StoredConnection content(StoredConnection connection) {
        return connection.withRevision("");
    }

    @Override
    public void close() {
        opened.forEach(Backend::close);
    }
}
