// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import static dev.mooring.backend.tck.TestStore.withChannels;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is in a channel, without a race: points 5 and 6 of the contract. */
interface ChannelTests {

    @Test
    default void saveSubscribes(TestStore store) {
        Backend backend = store.open();
        backend.save(store.connection("a", store.name("room"), store.name("lobby")));
        backend.save(store.connection("b", store.name("lobby")));
        backend.save(store.connection("c"));

        assertThat(Listing.members(backend, store.name("room"))).containsExactly(store.name("a"));
        assertThat(Listing.members(backend, store.name("lobby")))
                .containsExactlyInAnyOrder(store.name("a"), store.name("b"));
    }

    @Test
    default void anUnknownChannelIsEmpty(TestStore store) {
        assertThat(Listing.members(store.open(), store.name("nobody"))).isEmpty();
    }

    @Test
    default void updateSubscribesAndUnsubscribesAtOnceForOthersToo(TestStore store) {
        Backend backend = store.open();
        Backend other = store.open();
        backend.save(store.connection("b", store.name("room")));
        StoredConnection a = backend.save(store.connection("a"));

        for (int i = 0; i < 10; i++) {
            a = backend.update(a, withChannels(a, store.name("room"))).orElseThrow();
            assertThat(Listing.members(other, store.name("room")))
                    .as("members after the update that subscribes has returned")
                    .containsExactlyInAnyOrder(store.name("a"), store.name("b"));
            a = backend.update(a, withChannels(a)).orElseThrow();
            assertThat(Listing.members(other, store.name("room")))
                    .as("members after the update that unsubscribes has returned")
                    .containsExactly(store.name("b"));
        }
    }

    @Test
    default void saveUnsubscribesFromWhatItLeavesOut(TestStore store) {
        Backend backend = store.open();
        Backend other = store.open();
        backend.save(store.connection("a", store.name("old"), store.name("kept")));

        backend.save(store.connection("a", store.name("kept"), store.name("new")));

        assertThat(Listing.members(other, store.name("old"))).isEmpty();
        assertThat(Listing.members(other, store.name("kept"))).containsExactly(store.name("a"));
        assertThat(Listing.members(other, store.name("new"))).containsExactly(store.name("a"));
    }

    @Test
    default void deleteUnsubscribesFromEverything(TestStore store) {
        Backend backend = store.open();
        StoredConnection saved = backend.save(store.connection("a", store.name("room")));
        backend.update(saved, withChannels(saved, store.name("room"), store.name("lobby")));

        backend.delete(saved.id());

        assertThat(Listing.members(backend, store.name("room"))).isEmpty();
        assertThat(Listing.members(backend, store.name("lobby"))).isEmpty();
    }

    @Test
    default void aLostUpdateLeavesTheChannelsAsTheyWere(TestStore store) {
        Backend backend = store.open();
        StoredConnection read = backend.save(store.connection("a", store.name("kept")));
        assertThat(backend.update(read, TestStore.withState(read, "{\"winner\":1}")))
                .isPresent();

        assertThat(backend.update(read, withChannels(read, store.name("never"))))
                .isEmpty();

        assertThat(Listing.members(backend, store.name("kept")))
                .as("the channel that the lost update left out")
                .containsExactly(read.id());
        assertThat(Listing.members(backend, store.name("never")))
                .as("the channel that only the lost update had")
                .isEmpty();
    }

    @Test
    default void manyChannelsChangeAtOnce(TestStore store) {
        Backend backend = store.open();
        StoredConnection saved = backend.save(withChannels(store.connection("a"), channels(store, 0, 200)));

        StoredConnection updated = backend.update(saved, withChannels(saved, channels(store, 100, 300)))
                .orElseThrow();

        assertThat(updated.channels()).isEqualTo(channels(store, 100, 300));
        Race.times(300, i -> assertThat(Listing.members(backend, store.name("room" + i)))
                .as("members of room %d, of which only 100 to 299 are left", i)
                .isEqualTo(i < 100 ? List.of() : List.of(saved.id())));
    }

    @Test
    default void aNameThatBeginsAnotherIsNotTheOther(TestStore store) {
        Backend backend = store.open();
        String[] suffixes = {"", "1", "/", "/1", "-", ":1", " ", "\u0001", "\uffff"};
        for (String suffix : suffixes) {
            backend.save(store.connection("a" + suffix, store.name("room" + suffix)));
        }

        for (String suffix : suffixes) {
            assertThat(Listing.members(backend, store.name("room" + suffix))).containsExactly(store.name("a" + suffix));
        }
        backend.delete(store.name("a"));
        assertThat(Listing.members(backend, store.name("room"))).isEmpty();
        assertThat(Listing.members(backend, store.name("room1"))).containsExactly(store.name("a1"));
    }

    @Test
    default void anIdMayEqualAChannelName(TestStore store) {
        Backend backend = store.open();
        StoredConnection same = backend.save(store.connection("same", store.name("same")));
        StoredConnection other = backend.save(store.connection("other", store.name("same"), store.name("other")));

        assertThat(backend.find(same.id())).contains(same);
        assertThat(Listing.members(backend, store.name("same"))).containsExactlyInAnyOrder(same.id(), other.id());
        assertThat(backend.delete(same.id())).contains(same);
        assertThat(Listing.members(backend, store.name("same"))).containsExactly(other.id());
        assertThat(store.connections(backend, 500)).containsExactly(other.id());
    }

    private static Set<String> channels(TestStore store, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> store.name("room" + i)).collect(Collectors.toSet());
    }
}
