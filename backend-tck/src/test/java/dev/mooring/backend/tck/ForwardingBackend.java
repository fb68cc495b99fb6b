// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Page;
import dev.mooring.backend.StoredConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sound backend, in which one method at a time can be made wrong. */
class ForwardingBackend implements Backend {

    final Backend sound;

    ForwardingBackend(Backend sound) {
        this.sound = sound;
    }

    @Override
    public StoredConnection save(StoredConnection connection) {
        return sound.save(connection);
    }

    @Override
    public Optional<StoredConnection> find(String id) {
        return sound.find(id);
    }

    @Override
    public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
        return sound.update(previous, next);
    }

    @Override
    public Optional<StoredConnection> delete(String id) {
        return sound.delete(id);
    }

    @Override
    public Page<String> members(String channel, @Nullable String cursor, int limit) {
        return sound.members(channel, cursor, limit);
    }

    @Override
    public Page<String> connections(@Nullable String cursor, int limit) {
        return sound.connections(cursor, limit);
    }

    @Override
    public int purgeExpired() {
        return sound.purgeExpired();
    }

    @Override
    public void close() {
        sound.close();
    }
}
