// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is wrong with expiry, purging and closing. */
final class LifeFaults {

    private LifeFaults() {}

    static Backend findReturnsTheExpired(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Optional<StoredConnection> find(String id) {
                return store.openWithoutExpiry().find(id);
            }
        };
    }

    static Backend updateRevivesTheExpired(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
                return store.openWithoutExpiry().update(previous, next);
            }
        };
    }

    static Backend deleteReturnsTheExpired(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Optional<StoredConnection> delete(String id) {
                return store.openWithoutExpiry().delete(id);
            }
        };
    }

    static Backend theFirstExpiryStays(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
                return sound.update(previous, TestStore.withExpiry(next, previous.expiresAt()));
            }
        };
    }

    static Backend purgingRemovesLiveConnections(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public int purgeExpired() {
                sound.connections(null, 1).items().forEach(sound::delete);
                return sound.purgeExpired();
            }
        };
    }

    static Backend aClosedBackendStillWorks(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public void close() {}
        };
    }

    static Backend closingTwiceFails(Backend sound, Fault.Store store) {
        AtomicBoolean closed = new AtomicBoolean();
        return new ForwardingBackend(sound) {
            @Override
            public void close() {
                if (closed.getAndSet(true)) {
                    throw new IllegalStateException("closed");
                }
            }
        };
    }
}
