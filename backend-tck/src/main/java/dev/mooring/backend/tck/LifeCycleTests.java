// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import org.junit.jupiter.api.Test;

/** Opening and closing: point 8 of the contract. */
interface LifeCycleTests {

    @Test
    default void closingTwiceIsFine(TestStore store) {
        Backend unused = store.open();
        unused.close();
        assertThatCode(unused::close).as("closing an unused backend again").doesNotThrowAnyException();

        Backend used = store.open();
        used.save(store.connection("a"));
        used.close();
        assertThatCode(used::close).as("closing a used backend again").doesNotThrowAnyException();
    }

    @Test
    default void everyMethodRefusesToWorkAfterClose(TestStore store) {
        Backend backend = store.open();
        StoredConnection saved = backend.save(store.connection("a", store.name("room")));
        backend.close();

        assertRefused("save", () -> backend.save(saved));
        assertRefused("find", () -> backend.find(saved.id()));
        assertRefused("update", () -> backend.update(saved, saved));
        assertRefused("delete", () -> backend.delete(saved.id()));
        assertRefused("members", () -> backend.members(store.name("room"), null, 10));
        assertRefused("connections", () -> backend.connections(null, 10));
        assertThat(store.open().find(saved.id()))
                .as("what was stored, read by another")
                .contains(saved);
    }

    @Test
    default void aBackendThatWasNeverUsedRefusesToWorkAfterClose(TestStore store) {
        Backend backend = store.open();
        backend.close();

        assertRefused("find", () -> backend.find(store.name("a")));
        assertRefused("save", () -> backend.save(store.connection("a")));
    }

    @Test
    default void closingOneBackendDoesNotDisturbAnother(TestStore store) {
        Backend closed = store.open();
        Backend open = store.open();
        StoredConnection saved = closed.save(store.connection("a", store.name("room")));
        closed.close();

        assertThat(open.find(saved.id())).contains(saved);
        assertThat(Listing.members(open, store.name("room"))).containsExactly(saved.id());
        assertThat(open.delete(saved.id())).contains(saved);
    }

    private static void assertRefused(String operation, Runnable call) {
        assertThatIllegalStateException()
                .as("%s after close is an IllegalStateException", operation)
                .isThrownBy(call::run);
    }
}
