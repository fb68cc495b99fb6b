// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import static dev.mooring.backend.tck.TestStore.withChannels;
import static dev.mooring.backend.tck.TestStore.withExpiry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import java.util.Collection;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Listings while others come and go: point 5 of the contract. */
interface ChurnTests {

    int STABLE = 60;
    int MIN_PASSES = 15;
    int MIN_STEPS = 300;

    @Test
    default void membersNeverMissesWhoStaysWhileOthersComeAndGo(TestStore store) {
        String room = store.name("room");
        Backend reader = store.open();
        Race.times(STABLE, i -> reader.save(store.connection(stable(i), room)));

        whileChurning(store, (backend, random) -> comeAndGo(store, backend, random), () -> {
            for (int limit : new int[] {2, 7, 50}) {
                assertThat(Listing.members(reader, room, limit))
                        .as("members that were subscribed all the time, in pages of %d", limit)
                        .containsAll(stableIds(store));
            }
        });
    }

    @Test
    default void membersNeverMissesWhoIsWrittenAgainMeanwhile(TestStore store) {
        String room = store.name("room");
        Backend reader = store.open();
        Race.times(STABLE, i -> reader.save(store.connection(stable(i), room)));

        whileChurning(store, (backend, random) -> writeAgain(store, backend, random, room), () -> {
            for (int limit : new int[] {2, 7, 50}) {
                assertThat(Listing.members(reader, room, limit))
                        .as("members that stay subscribed while they are saved and updated, in pages of %d", limit)
                        .containsAll(stableIds(store));
            }
        });
    }

    @Test
    default void membersNeverReportsWhoLeftWhileOthersComeAndGo(TestStore store) {
        String room = store.name("room");
        Backend reader = store.open();
        StoredConnection left = reader.save(store.connection(stable(STABLE / 2)));

        whileChurning(store, (backend, random) -> comeAndGo(store, backend, random), () -> {
            StoredConnection current = reader.find(left.id()).orElseThrow();
            for (int i = 0; i < 2; i++) {
                current = reader.update(current, withChannels(current, room)).orElseThrow();
                assertThat(Listing.members(reader, room, 20))
                        .as("members after subscription by update")
                        .contains(left.id());
                current = i % 2 == 0
                        ? reader.update(current, withChannels(current)).orElseThrow()
                        : reader.save(withChannels(current));
                assertThat(Listing.members(reader, room, 20))
                        .as("members after unsubscription by %s has returned", i % 2 == 0 ? "update" : "save")
                        .doesNotContain(left.id());
            }
        });
    }

    @Test
    default void connectionsNeverMissesWhoStays(TestStore store) {
        Backend reader = store.open();
        Race.times(STABLE, i -> reader.save(store.connection(stable(i))));

        whileChurning(store, (backend, random) -> comeAndGo(store, backend, random), () -> assertThat(
                        store.connections(reader, 100))
                .containsAll(stableIds(store)));
    }

    /** Somebody whose id lies between those who stay comes, or goes, in one of the possible ways. */
    private static void comeAndGo(TestStore store, Backend backend, Random random) {
        String room = store.name("room");
        StoredConnection passer = store.connection(stable(random.nextInt(STABLE)) + "-" + random.nextInt(3), room);
        switch (random.nextInt(4)) {
            case 0 -> backend.save(passer);
            case 1 -> backend.delete(passer.id());
            case 2 -> backend.save(withChannels(passer));
            default ->
                backend.find(passer.id())
                        .ifPresent(found -> backend.update(
                                found, found.channels().isEmpty() ? withChannels(found, room) : withChannels(found)));
        }
    }

    /** Somebody who stays is saved or updated, now and then with a later expiry. */
    private static void writeAgain(TestStore store, Backend backend, Random random, String room) {
        StoredConnection connection = store.connection(stable(random.nextInt(STABLE)), room);
        backend.find(connection.id()).ifPresent(found -> {
            StoredConnection again = withExpiry(found, found.expiresAt().plusSeconds(random.nextInt(2)));
            if (random.nextBoolean()) {
                backend.update(found, TestStore.withState(again, "{\"r\":" + random.nextInt() + "}"));
            } else {
                backend.save(again);
            }
        });
    }

    /** Repeats a reading pass until enough passes saw enough changes under way, on a fast store as on a slow one. */
    private static void whileChurning(TestStore store, Churn churn, Runnable pass) {
        AtomicInteger steps = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        Race.run(4, racer -> {
            try {
                if (racer == 0) {
                    int passes = 0;
                    int seen = 0;
                    while (!done.get() && (passes < MIN_PASSES || seen < MIN_STEPS)) {
                        int before = steps.get();
                        pass.run();
                        int during = steps.get() - before;
                        passes += during > 0 ? 1 : 0;
                        seen += during;
                    }
                    return true;
                }
                Backend backend = store.open();
                Random random = new Random();
                while (!done.get()) {
                    churn.step(backend, random);
                    steps.incrementAndGet();
                }
                return true;
            } finally {
                done.set(true); // whoever ends, by success or failure, ends it for all
            }
        });
    }

    /** A change that the readers must not be misled by. */
    interface Churn {
        void step(Backend backend, Random random);
    }

    private static String stable(int i) {
        return String.format("s%03d", i);
    }

    private static Collection<String> stableIds(TestStore store) {
        return IntStream.range(0, STABLE).mapToObj(i -> store.name(stable(i))).toList();
    }
}
