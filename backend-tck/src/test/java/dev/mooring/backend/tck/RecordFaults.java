// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** What is wrong with how a record is kept. */
final class RecordFaults {

    private RecordFaults() {}

    static Backend updateIgnoresTheRevision(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
                return sound.find(previous.id()).map(current -> sound.save(next));
            }
        };
    }

    static Backend updateChecksFirstAndWritesLater(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
                boolean unchanged = sound.find(previous.id()).equals(Optional.of(previous));
                Fault.pause();
                return unchanged ? Optional.of(sound.save(next)) : Optional.empty();
            }
        };
    }

    static Backend updateCreates(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
                Fault.pause(); // a delete that races it comes first
                return sound.find(previous.id()).isEmpty()
                        ? Optional.of(sound.save(next))
                        : sound.update(previous, next);
            }
        };
    }

    static Backend saveRefusesToReplace(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public StoredConnection save(StoredConnection connection) {
                if (sound.find(connection.id()).isPresent()) {
                    throw new IllegalStateException("duplicate key");
                }
                return sound.save(connection);
            }
        };
    }

    static Backend deleteReadsFirstAndRemovesLater(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Optional<StoredConnection> delete(String id) {
                Optional<StoredConnection> found = sound.find(id);
                Fault.pause();
                sound.delete(id);
                return found;
            }
        };
    }

    static Backend findReadsFromACache(Backend sound, Fault.Store store) {
        Map<String, Optional<StoredConnection>> cache = new ConcurrentHashMap<>();
        return new ForwardingBackend(sound) {
            @Override
            public Optional<StoredConnection> find(String id) {
                return cache.computeIfAbsent(id, sound::find);
            }
        };
    }

    static Backend saveWritesInTwoSteps(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public StoredConnection save(StoredConnection connection) {
                sound.find(connection.id())
                        .ifPresent(old -> sound.save(TestStore.withChannels(old, connection.channels())));
                Fault.pause();
                return sound.save(connection);
            }
        };
    }

    static Backend expiryIsKeptInSeconds(Backend sound, Fault.Store store) {
        return storing(
                sound,
                connection ->
                        TestStore.withExpiry(connection, connection.expiresAt().truncatedTo(ChronoUnit.SECONDS)));
    }

    static Backend statesAreTidied(Backend sound, Fault.Store store) {
        return storing(
                sound,
                connection -> TestStore.withState(connection, connection.state().strip()));
    }

    static Backend longStatesAreCut(Backend sound, Fault.Store store) {
        return storing(
                sound,
                connection -> TestStore.withState(
                        connection,
                        connection
                                .state()
                                .substring(0, Math.min(connection.state().length(), 65_535))));
    }

    static Backend manyChannelsAreCut(Backend sound, Fault.Store store) {
        return storing(
                sound,
                connection -> connection.channels().size() <= 100
                        ? connection
                        : TestStore.withChannels(connection, Set.of()));
    }

    static Backend idsAreTrimmed(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public StoredConnection save(StoredConnection connection) {
                return sound.save(new StoredConnection(
                        "#" + connection.id().strip(),
                        connection.state(),
                        connection.channels(),
                        connection.expiresAt()));
            }

            @Override
            public Optional<StoredConnection> find(String id) {
                return sound.find("#" + id.strip());
            }
        };
    }

    private static Backend storing(Backend sound, UnaryOperator<StoredConnection> change) {
        return new ForwardingBackend(sound) {
            @Override
            public StoredConnection save(StoredConnection connection) {
                return sound.save(change.apply(connection));
            }

            @Override
            public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
                return sound.update(previous, change.apply(next));
            }
        };
    }
}
