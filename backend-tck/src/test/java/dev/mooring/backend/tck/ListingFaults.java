// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Page;
import dev.mooring.backend.StoredConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is wrong with how connections and members are listed. */
final class ListingFaults {

    private ListingFaults() {}

    static Backend aFullPageLosesItsLastId(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Page<String> members(String channel, @Nullable String cursor, int limit) {
                Page<String> page = sound.members(channel, cursor, limit);
                return page.items().size() < limit || limit == 1
                        ? page
                        : new Page<>(page.items().subList(0, limit - 1), page.next());
            }
        };
    }

    static Backend aPageBeginsWithTheLastIdOfTheOneBefore(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Page<String> members(String channel, @Nullable String cursor, int limit) {
                Page<String> page = sound.members(channel, cursor, Math.max(1, limit - 1));
                List<String> items = new ArrayList<>(page.items());
                if (cursor != null && limit > 1) {
                    items.add(cursor);
                }
                return new Page<>(items, page.next());
            }
        };
    }

    static Backend theLimitIsIgnored(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Page<String> members(String channel, @Nullable String cursor, int limit) {
                return sound.members(channel, cursor, Integer.MAX_VALUE);
            }
        };
    }

    static Backend thePagesNeverEnd(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Page<String> members(String channel, @Nullable String cursor, int limit) {
                return new Page<>(sound.members(channel, cursor, limit).items(), "more");
            }
        };
    }

    /** As SQL's OFFSET does: what is removed before the cursor moves the rest. */
    static Backend aCursorCountsIds(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Page<String> members(String channel, @Nullable String cursor, int limit) {
                int offset = cursor == null ? 0 : Integer.parseInt(cursor);
                if (cursor != null) {
                    Fault.pause();
                }
                List<String> rest = sound.members(channel, null, Integer.MAX_VALUE).items().stream()
                        .skip(offset)
                        .limit(limit)
                        .toList();
                return new Page<>(rest, rest.size() < limit ? null : String.valueOf(offset + limit));
            }
        };
    }

    static Backend aCursorIsKeptInTheProcess(Backend sound, Fault.Store store) {
        Map<String, String> cursors = new ConcurrentHashMap<>();
        return new ForwardingBackend(sound) {
            @Override
            public Page<String> members(String channel, @Nullable String cursor, int limit) {
                Page<String> page = sound.members(channel, cursor == null ? null : cursors.get(cursor), limit);
                if (page.next() == null) {
                    return page;
                }
                String token = UUID.randomUUID().toString();
                cursors.put(token, page.next());
                return new Page<>(page.items(), token);
            }
        };
    }

    static Backend membersReportsTheExpired(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Page<String> members(String channel, @Nullable String cursor, int limit) {
                return store.openWithoutExpiry().members(channel, cursor, limit);
            }
        };
    }

    static Backend connectionsReportsTheExpired(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Page<String> connections(@Nullable String cursor, int limit) {
                return store.openWithoutExpiry().connections(cursor, limit);
            }
        };
    }

    static Backend membersStopsAtAPageOfExpired(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Page<String> members(String channel, @Nullable String cursor, int limit) {
                Page<String> page = store.openWithoutExpiry().members(channel, cursor, limit);
                List<String> live = page.items().stream()
                        .filter(id -> sound.find(id).isPresent())
                        .toList();
                return new Page<>(live, live.isEmpty() ? null : page.next());
            }
        };
    }

    static Backend membersTakesTheChannelForAPrefix(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Page<String> members(String channel, @Nullable String cursor, int limit) {
                return select(
                        sound,
                        found -> found.channels().stream().anyMatch(name -> name.startsWith(channel)),
                        cursor,
                        limit);
            }
        };
    }

    /** An index that is only ever added to, on top of one that is right. */
    static Backend unsubscribedStayInTheIndex(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public StoredConnection save(StoredConnection connection) {
                connection.channels().forEach(channel -> store.members(channel).add(connection.id()));
                return sound.save(connection);
            }

            @Override
            public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
                next.channels().forEach(channel -> store.members(channel).add(next.id()));
                return sound.update(previous, next);
            }

            @Override
            public Page<String> members(String channel, @Nullable String cursor, int limit) {
                return select(sound, found -> store.members(channel).contains(found.id()), cursor, limit);
            }
        };
    }

    static Backend aLostUpdateStaysInTheIndex(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
                Optional<StoredConnection> updated = sound.update(previous, next);
                next.channels().forEach(channel -> {
                    if (updated.isEmpty()) {
                        store.members(channel).add(next.id());
                    }
                });
                return updated;
            }

            @Override
            public Page<String> members(String channel, @Nullable String cursor, int limit) {
                return select(
                        sound,
                        found -> found.channels().contains(channel)
                                || store.members(channel).contains(found.id()),
                        cursor,
                        limit);
            }
        };
    }

    static Backend saveTakesTheIdOutOfTheIndexForAMoment(Backend sound, Fault.Store store) {
        return new ForwardingBackend(sound) {
            @Override
            public StoredConnection save(StoredConnection connection) {
                sound.find(connection.id()).ifPresent(old -> sound.save(TestStore.withChannels(old)));
                Fault.pause();
                return sound.save(connection);
            }
        };
    }

    private static Page<String> select(
            Backend sound, Predicate<StoredConnection> wanted, @Nullable String cursor, int limit) {
        Set<String> ids =
                new TreeSet<>(sound.connections(null, Integer.MAX_VALUE).items());
        List<String> rest = ids.stream()
                .filter(id -> cursor == null || id.compareTo(cursor) > 0)
                .filter(id -> sound.find(id).filter(wanted).isPresent())
                .limit(limit)
                .toList();
        return new Page<>(rest, rest.size() < limit ? null : rest.get(limit - 1));
    }
}
