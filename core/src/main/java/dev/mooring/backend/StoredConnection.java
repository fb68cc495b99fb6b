// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * A connection as a store keeps it. Immutable.
 *
 * @param id the platform's id of the connection: 1 to {@value #MAX_NAME_LENGTH} characters, see {@link #requireName}
 * @param state JSON text that a backend keeps and never looks into; at most {@value #MAX_STATE_BYTES} bytes in UTF-8
 * @param channels the channels it is subscribed to, at most {@value #MAX_CHANNELS}
 * @param expiresAt from when on it counts as gone; kept to the millisecond
 * @param revision an opaque token that the backend assigns with each write; empty where nothing is stored yet
 */
public record StoredConnection(String id, String state, Set<String> channels, Instant expiresAt, String revision) {

    /** The longest connection id and channel name, in UTF-16 code units. */
    public static final int MAX_NAME_LENGTH = 128;

    /** The largest state, in bytes of UTF-8: 256 KiB. */
    public static final int MAX_STATE_BYTES = 256 * 1024;

    /** The most channels of one connection. */
    public static final int MAX_CHANNELS = 1000;

    /**
     * Checks the limits that every store can keep.
     *
     * @throws IllegalArgumentException if a part is over its limit
     */
    public StoredConnection {
        requireName("connection id", id);
        // 3 bytes is the most that one UTF-16 code unit takes: only a large state is encoded to be measured
        if (state.length() > MAX_STATE_BYTES / 3 && state.getBytes(StandardCharsets.UTF_8).length > MAX_STATE_BYTES) {
            throw new IllegalArgumentException("The state of connection " + id + " is larger than " + MAX_STATE_BYTES
                    + " bytes. Keep large values elsewhere and their keys in the attributes.");
        }
        if (channels.size() > MAX_CHANNELS) {
            throw new IllegalArgumentException("Connection " + id + " has " + channels.size() + " channels; at most "
                    + MAX_CHANNELS + " are possible.");
        }
        channels = Set.copyOf(channels);
        channels.forEach(channel -> requireName("channel name", channel));
        expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * A connection that no backend has stored yet.
     *
     * @param id the platform's id of the connection
     * @param state JSON text
     * @param channels the channels it is subscribed to
     * @param expiresAt from when on it counts as gone
     */
    public StoredConnection(String id, String state, Set<String> channels, Instant expiresAt) {
        this(id, state, channels, expiresAt, "");
    }

    /**
     * The same connection under the revision that a store gave it.
     *
     * @param revision the token
     * @return a copy
     */
    public StoredConnection withRevision(String revision) {
        return new StoredConnection(id, state, channels, expiresAt, revision);
    }

    /** The connection without its state, which holds what the client presented and the app keeps of it. */
    @Override
    public String toString() {
        return "StoredConnection[id=" + id + ", channels=" + channels + ", expiresAt=" + expiresAt + ", revision="
                + revision + "]";
    }

    /**
     * Checks that every store can keep a connection id or channel name: 1 to {@value #MAX_NAME_LENGTH} characters, any
     * Unicode but U+0000 (which PostgreSQL refuses) and unpaired surrogates (which have no UTF-8 form).
     *
     * @param what what it is, for the error
     * @param name the id or name
     * @return the name
     * @throws IllegalArgumentException if it is none
     */
    public static String requireName(String what, String name) {
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "A " + what + " has 1 to " + MAX_NAME_LENGTH + " characters, this one has " + name.length() + ".");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw new IllegalArgumentException("A " + what + " must not contain U+0000 or unpaired surrogates.");
            }
        }
        return name;
    }
}
