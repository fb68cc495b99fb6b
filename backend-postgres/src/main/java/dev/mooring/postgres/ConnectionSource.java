// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections come from. Thread-safe. */
interface ConnectionSource {

    /** A connection that nobody else uses until it is given back. */
    Connection take(Deadline deadline) throws SQLException;

    /** Takes a connection back after a call on it succeeded. */
    void giveBack(Connection connection);

    /** Takes a connection back after a call on it failed: it may be broken, or half-way through something. */
    void discard(Connection connection);

    /** Closes what is not in use now; what is in use ends at the latest when it comes back. */
    void close();

    /** Closes a connection of which nothing is wanted any more, not even an error. */
    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // what was to be done on it is done, or has failed already
        }
    }
}
