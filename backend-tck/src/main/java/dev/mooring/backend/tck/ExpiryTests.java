// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import static dev.mooring.backend.tck.TestStore.withChannels;
import static dev.mooring.backend.tck.TestStore.withExpiry;
import static dev.mooring.backend.tck.TestStore.withState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Expiry by the clock that the backend was opened with: point 4 of the contract. */
interface ExpiryTests {

    @Test
    default void aConnectionLivesUntilItsLastMillisecond(TestStore store) {
        Backend backend = store.open();
        StoredConnection connection = store.connection("a", store.name("room"));
        StoredConnection saved = backend.save(connection);

        store.clock.advanceTo(connection.expiresAt().minusMillis(1));

        assertVisible(store, backend, saved);
        assertThat(backend.update(saved, withState(saved, "{\"late\":1}"))).isPresent();
        assertThat(backend.delete(saved.id())).isPresent();
    }

    @Test
    default void anExpiredConnectionIsInvisibleToEveryMethodAtOnce(TestStore store) {
        Backend backend = store.open();
        StoredConnection a = backend.save(store.connection("a", store.name("room")));
        StoredConnection b = backend.save(store.connection("b", store.name("room")));

        store.clock.advanceTo(a.expiresAt());

        assertInvisible(store, backend, a);
        assertThat(backend.delete(a.id())).as("delete of an expired connection").isEmpty();
        assertThat(backend.update(b, withExpiry(b, b.expiresAt().plusSeconds(60))))
                .as("update of an expired connection")
                .isEmpty();
        assertInvisible(store, backend, b);
    }

    @Test
    default void anExpiredConnectionCanBeSavedAgain(TestStore store) {
        Backend backend = store.open();
        StoredConnection old = backend.save(store.connection("a", store.name("old"), store.name("room")));
        store.clock.advanceTo(old.expiresAt());

        StoredConnection saved = backend.save(store.connection("a", store.name("room")));

        assertVisible(store, backend, saved);
        assertThat(Listing.members(backend, store.name("old")))
                .as("a channel of the expired connection whose id is live again, without it")
                .isEmpty();
        assertThat(backend.update(old, withState(old, "{\"old\":1}")))
                .as("update on the revision of the expired one")
                .isEmpty();
    }

    @Test
    default void updateProlongs(TestStore store) {
        Backend backend = store.open();
        StoredConnection saved = backend.save(store.connection("a", store.name("room")));
        Instant later = saved.expiresAt().plus(TestStore.TTL);

        StoredConnection updated =
                backend.update(saved, withExpiry(saved, later)).orElseThrow();

        assertLivesUntil(store, backend, updated, saved.expiresAt().plusMillis(1), later);
    }

    @Test
    default void saveProlongs(TestStore store) {
        Backend backend = store.open();
        StoredConnection first = backend.save(store.connection("a", store.name("room")));
        Instant later = first.expiresAt().plus(TestStore.TTL);

        StoredConnection second = backend.save(withExpiry(first, later));

        assertLivesUntil(store, backend, second, first.expiresAt().plusMillis(1), later);
    }

    @Test
    default void updateShortens(TestStore store) {
        Backend backend = store.open();
        StoredConnection saved = backend.save(store.connection("a", store.name("room")));
        Instant sooner = saved.expiresAt().minus(TestStore.TTL.dividedBy(2));

        StoredConnection updated =
                backend.update(saved, withExpiry(saved, sooner)).orElseThrow();

        assertLivesUntil(store, backend, updated, sooner.minusMillis(1), sooner);
    }

    @Test
    default void saveShortens(TestStore store) {
        Backend backend = store.open();
        StoredConnection first = backend.save(store.connection("a", store.name("room")));
        Instant sooner = first.expiresAt().minus(TestStore.TTL.dividedBy(2));

        StoredConnection second = backend.save(withExpiry(first, sooner));

        assertLivesUntil(store, backend, second, sooner.minusMillis(1), sooner);
    }

    @Test
    default void whatIsSavedExpiredIsInvisibleAndReplacesWhatWasThere(TestStore store) {
        Backend backend = store.open();
        StoredConnection live = backend.save(store.connection("a", store.name("room")));

        backend.save(withExpiry(live, store.clock.instant()));

        assertInvisible(store, backend, live);
        StoredConnection saved = backend.save(live);
        assertVisible(store, backend, saved);
    }

    @Test
    default void expiredMembersDoNotHideLiveOnes(TestStore store) {
        Backend backend = store.open();
        Instant soon = store.clock.instant().plusSeconds(60);
        Race.times(60, i -> {
            StoredConnection connection = store.connection("c" + i, store.name("room"));
            backend.save(i % 3 == 0 ? connection : withExpiry(connection, soon));
        });

        store.clock.advanceTo(soon);

        String[] live = IntStream.range(0, 60)
                .filter(i -> i % 3 == 0)
                .mapToObj(i -> store.name("c" + i))
                .toArray(String[]::new);
        for (int limit : new int[] {1, 2, 7, 100}) {
            assertThat(Listing.members(backend, store.name("room"), limit))
                    .as("live members among expired ones, in pages of %d", limit)
                    .containsExactlyInAnyOrder(live);
        }
        assertThat(store.connections(backend, 100)).containsExactlyInAnyOrder(live);
    }

    @Test
    default void purgingRemovesNothingThatIsLive(TestStore store) {
        Backend backend = store.open();
        StoredConnection live = backend.save(store.connection("live", store.name("room")));
        StoredConnection expiring = backend.save(withExpiry(
                store.connection("expired", store.name("room")),
                store.clock.instant().plusSeconds(1)));
        backend.save(withExpiry(store.connection("reborn", store.name("old")), expiring.expiresAt()));
        store.clock.advance(Duration.ofSeconds(2));
        StoredConnection reborn = backend.save(withChannels(store.connection("reborn"), store.name("room")));

        assertThat(backend.purgeExpired()).as("how many were removed").isNotNegative();

        assertThat(backend.find(live.id())).contains(live);
        assertThat(backend.find(reborn.id())).contains(reborn);
        assertThat(backend.find(expiring.id())).isEmpty();
        assertThat(Listing.members(backend, store.name("room"))).containsExactlyInAnyOrder(live.id(), reborn.id());
        assertThat(Listing.members(backend, store.name("old"))).isEmpty();
        assertThat(backend.purgeExpired())
                .as("purging again removes nothing more")
                .isZero();
    }

    private static void assertLivesUntil(
            TestStore store, Backend backend, StoredConnection connection, Instant live, Instant expired) {
        store.clock.advanceTo(live);
        assertVisible(store, backend, connection);
        store.clock.advanceTo(expired);
        assertInvisible(store, backend, connection);
    }

    private static void assertVisible(TestStore store, Backend backend, StoredConnection connection) {
        assertThat(backend.find(connection.id())).as("find").contains(connection);
        assertThat(Listing.members(backend, store.name("room"))).as("members").containsExactly(connection.id());
        assertThat(store.connections(backend, 500)).as("connections").containsExactly(connection.id());
    }

    private static void assertInvisible(TestStore store, Backend backend, StoredConnection connection) {
        assertThat(backend.find(connection.id())).as("find, expired").isEmpty();
        assertThat(Listing.members(backend, store.name("room")))
                .as("members, expired")
                .doesNotContain(connection.id());
        assertThat(store.connections(backend, 500)).as("connections, expired").doesNotContain(connection.id());
    }
}
