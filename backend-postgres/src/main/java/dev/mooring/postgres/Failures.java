// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import dev.mooring.backend.BackendException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Says what happened and what to do about it.
 *
 * @param store which store, without secrets
 * @param table the table, as the user wrote it
 * @param timeout how long a call may take
 */
record Failures(String store, String table, Duration timeout) {

    BackendException explain(String operation, SQLException e) {
        // the first line: behind it the server may quote what was to be stored
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        String state = SqlStates.of(e);
        String problem = state.isEmpty() ? message : remedy(state, e) + " (SQLSTATE " + state + ": " + message + ")";
        return new BackendException(store, operation, problem, e);
    }

    private String remedy(String state, SQLException e) {
        if (SqlStates.hasCause(e, SocketTimeoutException.class)) {
            return "no answer within " + timeout.toMillis()
                    + " ms. Check that the server is up and the network open, or raise timeout.";
        }
        if (SqlStates.hasCause(e, UnknownHostException.class)) {
            return "the host's name is unknown. Check it in the DSN, and the resolver of the network it is in.";
        }
        String remedy = Remedies.of(state, table);
        if (remedy != null) {
            return remedy;
        }
        return SqlStates.isUnknown(e)
                ? "the connection broke, and the call may have taken effect. Call again."
                : "the server refused.";
    }
}
