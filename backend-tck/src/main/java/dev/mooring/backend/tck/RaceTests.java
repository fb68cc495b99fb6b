// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import static dev.mooring.backend.tck.TestStore.withChannels;
import static dev.mooring.backend.tck.TestStore.withExpiry;
import static dev.mooring.backend.tck.TestStore.withState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Many threads on two open backends and one connection: points 2, 3, 6, 8 and 9 of the contract. */
interface RaceTests {

    int RACERS = 8;
    int ROUNDS = 15;

    @Test
    default void noUpdateIsLost(TestStore store) {
        Backend[] backends = {store.open(), store.open()};
        int each = 25;
        String id = backends[0].save(withState(store.connection("a"), "0")).id();

        Race.run(RACERS, racer -> {
            Backend backend = backends[racer % 2];
            for (int i = 0; i < each; i++) {
                Optional<StoredConnection> updated;
                do {
                    StoredConnection read = backend.find(id).orElseThrow();
                    String next = String.valueOf(Integer.parseInt(read.state()) + 1);
                    updated = backend.update(read, withState(read, next));
                } while (updated.isEmpty());
            }
            return true;
        });

        assertThat(backends[0].find(id).map(StoredConnection::state))
                .as("%d compare-and-set loops on two backends, each adding one %d times", RACERS, each)
                .contains(String.valueOf(RACERS * each));
    }

    @Test
    default void ofRacingUpdatesOnOneRevisionOneWins(TestStore store) {
        Backend[] backends = {store.open(), store.open()};
        StoredConnection current = backends[0].save(store.connection("a"));
        for (int round = 0; round < ROUNDS; round++) {
            StoredConnection read = current;
            List<Optional<StoredConnection>> results = Race.run(
                    RACERS, racer -> backends[racer % 2].update(read, withState(read, "{\"by\":" + racer + "}")));

            List<StoredConnection> winners =
                    results.stream().flatMap(Optional::stream).toList();
            assertThat(winners).as("updates that won on one revision").hasSize(1);
            current = winners.get(0);
            assertThat(backends[1].find(read.id())).contains(current);
        }
    }

    @Test
    default void ofRacingDeletesOneGetsTheConnection(TestStore store) {
        Backend[] backends = {store.open(), store.open()};
        for (int round = 0; round < ROUNDS; round++) {
            StoredConnection saved = backends[0].save(store.connection("a", store.name("room")));

            List<Optional<StoredConnection>> results =
                    Race.run(RACERS, racer -> backends[racer % 2].delete(saved.id()));

            assertThat(results.stream().flatMap(Optional::stream))
                    .as("what racing deletes returned: exactly one of them gets the connection")
                    .containsExactly(saved);
            assertThat(Listing.members(backends[0], store.name("room"))).isEmpty();
        }
    }

    @Test
    default void anUpdateThatRacesADeleteDoesNotBringTheConnectionBack(TestStore store) {
        Backend[] backends = {store.open(), store.open()};
        for (int round = 0; round < ROUNDS; round++) {
            StoredConnection saved = backends[0].save(store.connection("a"));

            List<Optional<StoredConnection>> results = Race.run(
                    2,
                    racer -> racer == 0
                            ? backends[0].delete(saved.id())
                            : backends[1].update(saved, withState(saved, "{\"updated\":1}")));

            assertThat(results.get(0))
                    .as("what delete returned: the update's work if that won, else what was there before")
                    .contains(results.get(1).orElse(saved));
            assertThat(backends[1].find(saved.id())).isEmpty();
            assertThat(store.connections(backends[1], 500)).isEmpty();
        }
    }

    @Test
    default void aSubscriptionThatRacesADeleteLeavesNoGhostBeyondItsExpiry(TestStore store) {
        Backend[] backends = {store.open(), store.open()};
        for (int round = 0; round < ROUNDS; round++) {
            StoredConnection saved = backends[0].save(store.connection("a" + round));
            Race.run(
                    2,
                    racer -> racer == 0
                            ? backends[0].delete(saved.id())
                            : backends[1].update(saved, withChannels(saved, store.name("room"))));
            assertThat(backends[1].find(saved.id())).isEmpty();
        }

        store.clock.advance(TestStore.TTL);

        assertThat(Listing.members(backends[0], store.name("room")))
                .as("members after the expiry of all who raced to subscribe while they were deleted")
                .isEmpty();
    }

    @Test
    default void channelsAgreeWithTheRecordAfterRacingUpdates(TestStore store) {
        Backend[] backends = {store.open(), store.open()};
        StoredConnection saved = backends[0].save(store.connection("a"));
        for (int round = 0; round < ROUNDS; round++) {
            StoredConnection read = backends[0].find(saved.id()).orElseThrow();

            // All subscribe to channel "all", so that a loser that cleans up could wrong the winner.
            Race.run(
                    RACERS,
                    racer -> backends[racer % 2].update(
                            read, withChannels(read, store.name("all"), store.name("own" + racer))));

            assertChannelsAgree(store, backends, saved.id());
            StoredConnection joined = backends[0].find(saved.id()).orElseThrow();
            Race.run(
                    RACERS,
                    racer -> backends[racer % 2].update(
                            joined,
                            racer % 2 == 0 ? withChannels(joined) : withState(joined, "{\"r\":" + racer + "}")));
            assertChannelsAgree(store, backends, saved.id());
        }
    }

    @Test
    default void channelsAgreeWithTheRecordAfterRacingSaves(TestStore store) {
        Backend[] backends = {store.open(), store.open()};
        for (int round = 0; round < ROUNDS; round++) {
            Race.run(
                    RACERS,
                    racer -> backends[racer % 2].save(store.connection(
                            "a", store.name(racer % 2 == 0 ? "all" : "half"), store.name("own" + racer))));

            assertChannelsAgree(store, backends, store.name("a"));
        }
    }

    @Test
    default void noReaderSeesATornRecord(TestStore store) {
        Backend[] backends = {store.open(), store.open()};
        int writes = 60;
        backends[0].save(version(store, 0));
        Set<Integer> writing = ConcurrentHashMap.newKeySet();
        writing.addAll(Set.of(0, 1));

        Race.run(RACERS, racer -> {
            Backend backend = backends[racer % 2];
            if (racer > 1) {
                while (!writing.isEmpty()) {
                    assertWhole(store, backend.find(store.name("a")).orElseThrow());
                }
                return true;
            }
            try {
                for (int i = 0; i < writes; i++) {
                    StoredConnection next = version(store, 2 * i + racer);
                    if (i % 2 == 0) {
                        backend.save(next);
                    } else {
                        backend.update(backend.find(next.id()).orElseThrow(), next);
                    }
                }
            } finally {
                writing.remove(racer);
            }
            return true;
        });
    }

    /** A connection whose parts all tell the same number; the state is long, so that it might tear. */
    private static StoredConnection version(TestStore store, int number) {
        String state = '"' + (number + ",").repeat(8_000) + '"';
        StoredConnection connection = store.connection("a", store.name("room" + number), store.name("hall" + number));
        return withExpiry(withState(connection, state), connection.expiresAt().plusMillis(number));
    }

    private static void assertWhole(TestStore store, StoredConnection found) {
        int number = Integer.parseInt(found.state().substring(1, found.state().indexOf(',')));
        StoredConnection whole = version(store, number);
        assertThat(found.withRevision("").equals(whole))
                .as(
                        "state, channels and expiry are all of version %d; channels: %s, expires: %s",
                        number, found.channels(), found.expiresAt())
                .isTrue();
    }

    private static void assertChannelsAgree(TestStore store, Backend[] backends, String id) {
        Set<String> channels = backends[0].find(id).orElseThrow().channels();
        Set<String> listed = new HashSet<>();
        for (String suffix : List.of("all", "half", "own0", "own1", "own2", "own3", "own4", "own5", "own6", "own7")) {
            if (Listing.members(backends[1], store.name(suffix)).contains(id)) {
                listed.add(store.name(suffix));
            }
        }
        assertThat(listed)
                .as("the channels whose members hold the live connection, against those in its record")
                .isEqualTo(channels);
    }
}
