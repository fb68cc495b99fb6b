// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Page;
import dev.mooring.backend.StoredConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A backend whose calls a listener hears. */
final class TimedBackend implements Backend {

    private final Backend backend;
    private final EngineListener listener;

    TimedBackend(Backend backend, EngineListener listener) {
        this.backend = backend;
        this.listener = listener;
    }

    private <T> T timed(String operation, Supplier<T> call) {
        long start = System.nanoTime();
        try {
            return call.get();
        } finally {
            listener.backendCall(operation, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    @Override
    public StoredConnection save(StoredConnection connection) {
        return timed("save", () -> backend.save(connection));
    }

    @Override
    public Optional<StoredConnection> find(String id) {
        return timed("find", () -> backend.find(id));
    }

    @Override
    public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
        return timed("update", () -> backend.update(previous, next));
    }

    @Override
    public Optional<StoredConnection> delete(String id) {
        return timed("delete", () -> backend.delete(id));
    }

    @Override
    public Page<String> members(String channel, @Nullable String cursor, int limit) {
        return timed("members", () -> backend.members(channel, cursor, limit));
    }

    @Override
    public Page<String> connections(@Nullable String cursor, int limit) {
        return timed("connections", () -> backend.connections(cursor, limit));
    }

    @Override
    public int purgeExpired() {
        return timed("purgeExpired", backend::purgeExpired);
    }

    @Override
    public void close() {
        backend.close();
    }
}
