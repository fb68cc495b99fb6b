// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import static dev.mooring.backend.tck.TestStore.content;
import static dev.mooring.backend.tck.TestStore.withState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Compare-and-set without a race: points 1 to 3 of the contract. */
interface UpdateTests {

    @Test
    default void updateReplacesWhatIsStillAsItWasRead(TestStore store) {
        Backend backend = store.open();
        StoredConnection previous = backend.save(store.connection("a", store.name("room")));
        StoredConnection next = withState(previous, "{\"changed\":true}");

        Optional<StoredConnection> updated = backend.update(previous, next);

        assertThat(updated.map(TestStore::content))
                .as("update returns what it stored")
                .contains(content(next));
        assertThat(updated.map(StoredConnection::revision))
                .as("under a new revision")
                .isNotEqualTo(previous.revision());
        assertThat(backend.find(previous.id())).isEqualTo(updated);
    }

    @Test
    default void anUpdateCanFollowAnUpdate(TestStore store) {
        Backend backend = store.open();
        StoredConnection current = backend.save(store.connection("a"));

        for (int i = 0; i < 10; i++) {
            String state = "{\"i\":" + i + "}";
            current = backend.update(current, withState(current, state))
                    .orElseThrow(
                            () -> new AssertionError("the revision that update returned is good for the next one"));
        }

        assertThat(backend.find(current.id())).contains(current);
    }

    @Test
    default void updateIgnoresTheRevisionOfWhatIsNext(TestStore store) {
        Backend backend = store.open();
        StoredConnection saved = backend.save(store.connection("a"));

        Optional<StoredConnection> updated =
                backend.update(saved, withState(saved, "{\"i\":1}").withRevision("not one of yours"));

        assertThat(updated).isPresent();
        assertThat(backend.find(saved.id())).isEqualTo(updated);
    }

    @Test
    default void aStaleUpdateChangesNothing(TestStore store) {
        Backend backend = store.open();
        StoredConnection read = backend.save(store.connection("a", store.name("room")));
        StoredConnection winner =
                backend.update(read, withState(read, "{\"winner\":1}")).orElseThrow();

        assertThat(backend.update(read, withState(read, "{\"loser\":1}")))
                .as("update on a revision that is no longer current")
                .isEmpty();
        assertThat(backend.find(read.id())).as("after a lost update").contains(winner);
    }

    @Test
    default void updateLosesAgainstSave(TestStore store) {
        Backend backend = store.open();
        StoredConnection read = backend.save(store.connection("a"));
        StoredConnection saved = backend.save(withState(read, "{\"saved\":1}"));

        assertThat(backend.update(read, withState(read, "{\"loser\":1}"))).isEmpty();
        assertThat(backend.find(read.id())).contains(saved);
    }

    @Test
    default void updateOfADeletedConnectionDoesNotBringItBack(TestStore store) {
        Backend backend = store.open();
        StoredConnection read = backend.save(store.connection("a", store.name("room")));
        backend.delete(read.id());

        assertThat(backend.update(read, withState(read, "{\"back\":1}"))).isEmpty();
        assertThat(backend.find(read.id())).isEmpty();
        assertThat(Listing.members(backend, store.name("room"))).isEmpty();
        assertThat(store.connections(backend, 500)).isEmpty();
    }

    @Test
    default void aRevisionDoesNotSurviveDeleteAndSave(TestStore store) {
        Backend backend = store.open();
        StoredConnection read = backend.save(store.connection("a"));
        backend.delete(read.id());
        StoredConnection reborn = backend.save(withState(read, "{\"reborn\":1}"));

        assertThat(backend.update(read, withState(read, "{\"loser\":1}")))
                .as("update on a revision from before delete and save: revisions must not start again")
                .isEmpty();
        assertThat(backend.find(read.id())).contains(reborn);
    }
}
