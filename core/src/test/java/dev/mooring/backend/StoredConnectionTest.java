// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredConnectionTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123456789Z");

    @Test
    void aNewConnectionHasNoRevisionAndATimeInMilliseconds() {
        StoredConnection connection = new StoredConnection("a=", "{}", Set.of("room"), NOW);
        assertThat(connection.revision()).isEmpty();
        assertThat(connection.expiresAt()).isEqualTo("2026-11-21T12:00:00.123Z");
    }

    @Test
    void theRevisionIsAllThatWithRevisionChanges() {
        StoredConnection connection = new StoredConnection("a=", "{}", Set.of("room"), NOW);
        assertThat(connection.withRevision("7"))
                .isEqualTo(new StoredConnection("a=", "{}", Set.of("room"), connection.expiresAt(), "7"))
                .isNotEqualTo(connection);
    }

    @Test
    void channelsAreCopied() {
        Set<String> channels = new HashSet<>(Set.of("room"));
        StoredConnection connection = new StoredConnection("a", "{}", channels, NOW);
        channels.clear();
        assertThat(connection.channels()).containsExactly("room").isUnmodifiable();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "L0SM9cOFvHcCIhw=", " ", "a/b:c*?%'\"\\", "\n", "é", "e\u0301", "🐙", "\uffff", "\u007f"})
    void anyUnicodeIsAName(String name) {
        assertThat(StoredConnection.requireName("channel name", name)).isEqualTo(name);
        new StoredConnection(name, "", Set.of(name), NOW);
    }

    @Test
    void aNameHasUpTo128Characters() {
        StoredConnection.requireName("connection id", "a".repeat(128));
        StoredConnection.requireName("connection id", "🐙".repeat(64));
        refused("", "A connection id has 1 to 128 characters, this one has 0.");
        refused("a".repeat(129), "A connection id has 1 to 128 characters, this one has 129.");
        refused("🐙".repeat(64) + "a", "A connection id has 1 to 128 characters, this one has 129.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\0", "a\0b", "\ud83d", "\ude00", "\ude00\ud83d", "a\ud83d", "\ud83d\ud83d\ude00", "🐙\ude00"})
    void whatAStoreCannotKeepIsNoName(String name) {
        refused(name, "A connection id must not contain U+0000 or unpaired surrogates.");
        assertThatThrownBy(() -> new StoredConnection("a", "{}", Set.of("b", name), NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A channel name must not contain U+0000 or unpaired surrogates.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "€", "🐙"})
    void theStateHasUpTo256KibibytesInUtf8(String character) {
        int most = 256 * 1024 / character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        assertThat(new StoredConnection("a=", character.repeat(most), Set.of(), NOW).state())
                .startsWith(character);
        assertThatThrownBy(() -> new StoredConnection("a=", character.repeat(most) + "aa", Set.of(), NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The state of connection a= is larger than 262144 bytes."
                        + " Keep large values elsewhere and their keys in the attributes.");
    }

    @Test
    void aConnectionHasUpTo1000Channels() {
        assertThat(new StoredConnection("a=", "{}", channels(1000), NOW).channels())
                .hasSize(1000);
        assertThatThrownBy(() -> new StoredConnection("a=", "{}", channels(1001), NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Connection a= has 1001 channels; at most 1000 are possible.");
    }

    @Test
    void itsTextDoesNotHoldItsState() {
        assertThat(new StoredConnection("a=", "{\"query\":\"hunter2\"}", Set.of("room"), NOW, "7"))
                .hasToString(
                        "StoredConnection[id=a=, channels=[room], expiresAt=2026-11-21T12:00:00.123Z, revision=7]");
    }

    private static Set<String> channels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "room" + i).collect(Collectors.toSet());
    }

    private static void refused(String id, String message) {
        assertThatThrownBy(() -> new StoredConnection(id, "{}", Set.of(), NOW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
