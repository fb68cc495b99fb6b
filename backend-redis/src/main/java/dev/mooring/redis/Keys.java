// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.backend.StoredConnection;

/**
 * The keys that a backend uses.
 *
 * @param prefix what all of them begin with
 */
record Keys(String prefix) {

    private static final long MARGIN_MILLIS = 60_000;

    String ofRecord(String id) {
        return prefix + "connection:" + id;
    }

    /** The sorted set that holds the entries of a {@linkplain Fields#isEntry field}. */
    String ofSet(String field) {
        return prefix + (field.equals(Fields.LISTED) ? "connections" : field);
    }

    /**
     * How long a key must last for a connection, as the argument of a command. Until when the connection lives is for the
     * client's clock to say; a margin keeps the server from knowing better where the two differ.
     */
    static String lifetime(StoredConnection connection, long now) {
        return String.valueOf(connection.expiresAt().toEpochMilli() - now + MARGIN_MILLIS);
    }
}
