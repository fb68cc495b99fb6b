// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import static dev.mooring.backend.tck.TestStore.content;
import static dev.mooring.backend.tck.TestStore.withState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import org.junit.jupiter.api.Test;

/** One record at a time: points 1 and 2 of the contract. */
interface RecordTests {

    @Test
    default void whatIsSavedIsFound(TestStore store) {
        Backend backend = store.open();
        StoredConnection connection = store.connection("a", store.name("room"), store.name("lobby"));

        StoredConnection saved = backend.save(connection);

        assertThat(content(saved)).as("save returns what it stored").isEqualTo(connection);
        assertThat(saved.revision()).as("save returns a revision").isNotEmpty();
        assertThat(backend.find(connection.id()))
                .as("find returns what save returned, revision and milliseconds of expiresAt included")
                .contains(saved);
    }

    @Test
    default void anotherOpenBackendReadsWhatWasWritten(TestStore store) {
        Backend writer = store.open();
        Backend reader = store.open();

        for (int i = 0; i < 20; i++) {
            StoredConnection saved = writer.save(withState(store.connection("a"), "{\"i\":" + i + "}"));
            assertThat(reader.find(saved.id())).as("find elsewhere after save").contains(saved);
            StoredConnection updated = reader.update(saved, withState(saved, "{\"i\":" + i + ",\"updated\":true}"))
                    .orElseThrow(() -> new AssertionError("update elsewhere on the revision that save returned"));
            assertThat(writer.find(saved.id()))
                    .as("find after update elsewhere")
                    .contains(updated);
            assertThat(reader.delete(saved.id()))
                    .as("delete elsewhere after update")
                    .contains(updated);
            assertThat(writer.find(saved.id()))
                    .as("find after delete elsewhere")
                    .isEmpty();
        }
    }

    @Test
    default void absenceIsNormal(TestStore store) {
        Backend backend = store.open();

        assertThat(backend.find(store.name("nobody"))).isEmpty();
        assertThat(backend.delete(store.name("nobody"))).isEmpty();
    }

    @Test
    default void saveReplacesWhatWasThere(TestStore store) {
        Backend backend = store.open();
        StoredConnection first = backend.save(withState(store.connection("a", store.name("room")), "{\"first\":1}"));

        StoredConnection second = backend.save(withState(store.connection("a"), "{\"second\":2}"));

        assertThat(second.revision()).as("another content has another revision").isNotEqualTo(first.revision());
        assertThat(backend.find(first.id())).contains(second);
    }

    @Test
    default void theSameConnectTwiceIsHarmless(TestStore store) {
        Backend backend = store.open();
        StoredConnection connection = store.connection("a", store.name("room"));

        backend.save(connection);
        backend.save(connection);

        assertThat(backend.find(connection.id()).map(TestStore::content)).contains(connection);
        assertThat(Listing.members(backend, store.name("room"))).containsExactly(connection.id());
        assertThat(store.connections(backend, 500)).containsExactly(connection.id());
    }

    @Test
    default void saveIgnoresTheRevisionOfItsArgument(TestStore store) {
        Backend backend = store.open();
        StoredConnection connection = store.connection("a");

        backend.save(connection.withRevision("not one of yours"));
        StoredConnection saved = backend.save(connection.withRevision("nor this"));

        assertThat(backend.find(connection.id())).contains(saved);
    }

    @Test
    default void deleteReturnsWhatWasThereOnce(TestStore store) {
        Backend backend = store.open();
        StoredConnection saved = backend.save(store.connection("a", store.name("room")));

        assertThat(backend.delete(saved.id())).as("the first delete").contains(saved);
        assertThat(backend.delete(saved.id())).as("the second delete").isEmpty();
        assertThat(backend.find(saved.id())).as("find after delete").isEmpty();
    }

    @Test
    default void deleteLeavesOthersAlone(TestStore store) {
        Backend backend = store.open();
        StoredConnection other = backend.save(store.connection("a1", store.name("room")));
        StoredConnection gone = backend.save(store.connection("a", store.name("room")));

        backend.delete(gone.id());

        assertThat(backend.find(other.id())).contains(other);
        assertThat(Listing.members(backend, store.name("room"))).containsExactly(other.id());
    }

    @Test
    default void aDeletedConnectionCanBeSavedAgain(TestStore store) {
        Backend backend = store.open();
        StoredConnection connection = store.connection("a", store.name("room"));
        backend.save(connection);
        backend.delete(connection.id());

        StoredConnection saved = backend.save(connection);

        assertThat(backend.find(connection.id())).contains(saved);
        assertThat(Listing.members(backend, store.name("room"))).containsExactly(connection.id());
    }
}
