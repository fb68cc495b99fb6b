// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import static dev.mooring.backend.tck.TestStore.withChannels;
import static dev.mooring.backend.tck.TestStore.withState;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Everything legal is kept exactly: point 7 of the contract. */
interface ValueTests {

    @Test
    default void hostileIdsAreKeptAndKeptApart(TestStore store) {
        Backend backend = store.open();
        String room = store.name("room");
        List<StoredConnection> saved = HostileNames.ALL.stream()
                .map(id -> backend.save(new StoredConnection(
                        id,
                        "{\"hash\":" + id.hashCode() + "}",
                        Set.of(room),
                        store.clock.instant().plus(TestStore.TTL))))
                .toList();

        assertThat(Listing.members(backend, room, 5)).containsExactlyInAnyOrderElementsOf(HostileNames.ALL);
        assertThat(Listing.connections(backend, 500)).containsAll(HostileNames.ALL);
        for (StoredConnection connection : saved) {
            assertThat(backend.find(connection.id()))
                    .as("find '%s'", connection.id())
                    .contains(connection);
            StoredConnection updated = backend.update(connection, withState(connection, "{\"updated\":1}"))
                    .orElseThrow(() -> new AssertionError("update of '" + connection.id() + "' found nothing"));
            assertThat(backend.delete(connection.id()))
                    .as("delete '%s'", connection.id())
                    .contains(updated);
        }
        assertThat(Listing.members(backend, room)).isEmpty();
    }

    @Test
    default void hostileChannelNamesAreKeptAndKeptApart(TestStore store) {
        Backend backend = store.open();
        List<String> channels = HostileNames.ALL;
        for (int i = 0; i < channels.size(); i++) {
            backend.save(store.connection("c" + i, channels.get(i)));
        }

        for (int i = 0; i < channels.size(); i++) {
            String channel = channels.get(i);
            StoredConnection found = backend.find(store.name("c" + i)).orElseThrow();
            assertThat(found.channels()).containsExactly(channel);
            assertThat(Listing.members(backend, channel))
                    .as("members of channel '%s'", channel)
                    .filteredOn(id -> id.startsWith(store.name("")))
                    .containsExactly(found.id());
            backend.delete(found.id());
            assertThat(Listing.members(backend, channel))
                    .as("members of channel '%s' after delete", channel)
                    .doesNotContain(found.id());
        }
    }

    @Test
    default void aConnectionMayHaveAllHostileNamesForChannels(TestStore store) {
        Backend backend = store.open();
        StoredConnection saved = backend.save(withChannels(store.connection("a"), Set.copyOf(HostileNames.ALL)));

        assertThat(backend.find(saved.id())).contains(saved);
        backend.delete(saved.id());
        for (String channel : HostileNames.ALL) {
            assertThat(Listing.members(backend, channel))
                    .as("members of '%s'", channel)
                    .doesNotContain(saved.id());
        }
    }

    @Test
    default void statesAreKeptToTheByte(TestStore store) {
        Backend backend = store.open();
        List<String> states = List.of(
                "{}",
                " { \"b\" : 1,\n\t\"a\" : 1.0, \"a\":1e2 } ",
                "{\"quotes\":\"' \\\" ` $$ \\\\ \\/ %s ? :x\"}",
                "{\"escapes\":\"\\u0000 \\ud800 \\n \\uD83D\\uDE00\"}",
                "{\"unicode\":\"é e\u0301 部屋 😀 👩‍👩‍👧 \u2028 \u007f \ufeff \uffff\"}",
                "[\"'; DROP TABLE connections; --\"]",
                "\"text\"",
                "null");

        for (String state : states) {
            StoredConnection saved = backend.save(withState(store.connection("a"), state));
            assertThat(backend.find(saved.id()).map(StoredConnection::state)).contains(state);
            StoredConnection other =
                    backend.update(saved, withState(saved, "{\"other\":1}")).orElseThrow();
            assertThat(backend.update(other, withState(other, state))).isPresent();
            assertThat(backend.delete(saved.id()).map(StoredConnection::state)).contains(state);
        }
    }

    @Test
    default void aStateMayHave256Kilobytes(TestStore store) {
        Backend backend = store.open();
        for (String filling : List.of("x", "\\", "é", "部", "😀")) {
            String unit = filling.equals("\\") ? "\\\\" : filling;
            int size = unit.getBytes(StandardCharsets.UTF_8).length;
            int room = StoredConnection.MAX_STATE_BYTES - 2;
            String state = '"' + unit.repeat(room / size) + "y".repeat(room % size) + '"';
            StoredConnection saved = backend.save(withState(store.connection("a"), state));
            assertThat(backend.find(saved.id()).map(StoredConnection::state).filter(state::equals))
                    .as("a state of 256 KiB of '%s' comes back as it was", filling)
                    .isPresent();
            assertThat(backend.update(saved, withState(saved, state.replace('y', 'z'))))
                    .isPresent();
        }
    }

    @Test
    default void aConnectionMayHaveAThousandLongChannelNamesAndALargeState(TestStore store) {
        Backend backend = store.open();
        Set<String> channels = IntStream.range(0, StoredConnection.MAX_CHANNELS)
                .mapToObj(i -> store.name(String.format("%04d-", i)))
                .map(name -> name + "x".repeat(StoredConnection.MAX_NAME_LENGTH - name.length()))
                .collect(Collectors.toSet());
        String state = '"' + "x".repeat(StoredConnection.MAX_STATE_BYTES - 2) + '"';

        StoredConnection saved = backend.save(withState(withChannels(store.connection("a"), channels), state));

        assertThat(backend.find(saved.id()).filter(saved::equals))
                .as("a connection with 1,000 channels and 256 KiB comes back as it was")
                .isPresent();
        channels.stream().limit(20).forEach(channel -> assertThat(Listing.members(backend, channel))
                .containsExactly(saved.id()));
        assertThat(backend.delete(saved.id()).filter(saved::equals)).isPresent();
        channels.stream().limit(20).forEach(channel -> assertThat(Listing.members(backend, channel))
                .isEmpty());
    }
}
