// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.time.InstantSource;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections in this process, for tests and trials: {@code memory://}. One sorted map from id to connection; the
 * members of a channel are found by looking at every connection. Cursors are the last id of a page.
 */
final class MemoryBackend implements Backend {

    private final ConcurrentNavigableMap<String, StoredConnection> connections;
    private final InstantSource clock;
    private static final AtomicLong REVISIONS = new AtomicLong();
    private volatile boolean closed;

    MemoryBackend(InstantSource clock) {
        this(new ConcurrentSkipListMap<>(), clock);
    }

    MemoryBackend(ConcurrentNavigableMap<String, StoredConnection> connections, InstantSource clock) {
        this.connections = connections;
        this.clock = clock;
    }

    @Override
    public StoredConnection save(StoredConnection connection) {
        StoredConnection saved = revised(connection);
        store().put(saved.id(), saved);
        return saved;
    }

    @Override
    public Optional<StoredConnection> find(String id) {
        return Optional.ofNullable(store().get(id)).filter(this::isLive);
    }

    @Override
    public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
        StoredConnection saved = revised(next);
        StoredConnection result = store().computeIfPresent(
                        previous.id(),
                        (id, current) ->
                                isLive(current) && current.revision().equals(previous.revision()) ? saved : current);
        return Optional.ofNullable(result).filter(saved::equals);
    }

    @Override
    public Optional<StoredConnection> delete(String id) {
        return Optional.ofNullable(store().remove(id)).filter(this::isLive);
    }

    @Override
    public Page<String> members(String channel, @Nullable String cursor, int limit) {
        return page(cursor, limit, connection -> connection.channels().contains(channel));
    }

    @Override
    public Page<String> connections(@Nullable String cursor, int limit) {
        return page(cursor, limit, connection -> true);
    }

    private Page<String> page(@Nullable String cursor, int limit, Predicate<StoredConnection> wanted) {
        NavigableMap<String, StoredConnection> rest = cursor == null ? store() : store().tailMap(cursor, false);
        List<String> ids = rest.values().stream()
                .filter(this::isLive)
                .filter(wanted)
                .map(StoredConnection::id)
                .limit(limit)
                .toList();
        return new Page<>(ids, ids.size() < limit ? null : ids.get(limit - 1));
    }

    @Override
    public int purgeExpired() {
        int purged = 0;
        for (StoredConnection connection : store().values()) {
            if (!isLive(connection) && connections.remove(connection.id(), connection)) {
                purged++;
            }
        }
        return purged;
    }

    @Override
    public void close() {
        closed = true;
    }

    private ConcurrentNavigableMap<String, StoredConnection> store() {
        if (closed) {
            throw new IllegalStateException("This backend is closed.");
        }
        return connections;
    }

    private StoredConnection revised(StoredConnection connection) {
        return connection.withRevision(String.valueOf(REVISIONS.incrementAndGet()));
    }

    private boolean isLive(StoredConnection connection) {
        return connection.expiresAt().isAfter(clock.instant());
    }
}
