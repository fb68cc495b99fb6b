// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Page;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages and cursors when nothing else happens: point 5 of the contract. */
interface PagingTests {

    @Test
    default void aCrowdIsListedOnceEachInPagesOfAnySize(TestStore store) {
        Backend backend = store.open();
        String[] ids = members(store, backend, store.crowd);

        for (int limit : new int[] {999, 1_000, 20_000}) {
            assertThat(Listing.members(backend, store.name("room"), limit))
                    .as("%d members in pages of %d", ids.length, limit)
                    .containsExactlyInAnyOrder(ids);
        }
        assertThat(store.connections(backend, 1_000))
                .as("%d connections in pages of 1000", ids.length)
                .containsExactlyInAnyOrder(ids);
    }

    @Test
    default void pagesMayBeSmall(TestStore store) {
        Backend backend = store.open();
        String[] ids = members(store, backend, 100);

        for (int limit : new int[] {1, 2, 7, 60}) {
            assertThat(Listing.members(backend, store.name("room"), limit))
                    .as("100 members in pages of %d", limit)
                    .containsExactlyInAnyOrder(ids);
        }
        assertThat(backend.connections(null, 1).items()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    default void aFullLastPageIsNoTrouble(TestStore store) {
        Backend backend = store.open();
        String[] ids = members(store, backend, 20);

        for (int limit : new int[] {5, 10, 19, 20, 21}) {
            assertThat(Listing.members(backend, store.name("room"), limit))
                    .as("20 members in pages of %d", limit)
                    .containsExactlyInAnyOrder(ids);
        }
    }

    @Test
    default void aCursorIsValidInAnotherBackend(TestStore store) {
        String[] ids = members(store, store.open(), 25);

        List<String> listed = Listing.all("members", 4, cursor -> {
            try (Backend another = store.open()) {
                return another.members(store.name("room"), cursor, 4);
            }
        });

        assertThat(listed).as("members, each page read by a backend of its own").containsExactlyInAnyOrder(ids);
    }

    @Test
    default void aCursorSurvivesTheDeletionOfWhatItPointsTo(TestStore store) {
        Backend backend = store.open();
        String[] ids = members(store, backend, 30);

        List<String> listed = Listing.all("members", 4, cursor -> {
            Page<String> page = backend.members(store.name("room"), cursor, 4);
            page.items().forEach(backend::delete);
            return page;
        });

        assertThat(listed)
                .as("members, each deleted as soon as it was listed, as a fan-out does with the gone")
                .containsExactlyInAnyOrder(ids);
        assertThat(Listing.members(backend, store.name("room"))).isEmpty();
    }

    private static String[] members(TestStore store, Backend backend, int count) {
        Race.times(count, i -> backend.save(store.connection("c" + i, store.name("room"))));
        return IntStream.range(0, count).mapToObj(i -> store.name("c" + i)).toArray(String[]::new);
    }
}
