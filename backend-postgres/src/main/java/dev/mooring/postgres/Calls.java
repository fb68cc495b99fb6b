// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Runs what is to be done on a connection: within the timeout, once more on another connection where that is safe, and
 * with a missing table created where that is wanted. Thread-safe.
 */
final class Calls {

    /** What a call does on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final ConnectionSource connections;
    private final int attempts;
    private final Duration timeout;
    private final @Nullable TableName missing;
    private final Failures failures;

    /**
     * How calls are run.
     *
     * @param connections where connections come from
     * @param attempts how often to try at most: one more than connections may be dead without anybody knowing yet
     * @param timeout how long a call may take in all
     * @param missing the table to create where it is missing; null where that is not wanted
     * @param failures how to report what fails
     */
    Calls(
            ConnectionSource connections,
            int attempts,
            Duration timeout,
            @Nullable TableName missing,
            Failures failures) {
        this.connections = connections;
        this.attempts = attempts;
        this.timeout = timeout;
        this.missing = missing;
        this.failures = failures;
    }

    /**
     * Runs a call.
     *
     * @param operation its name, for errors
     * @param repeatable whether running it twice gives what running it once does, so that it may be sent again although
     *     nobody knows whether it ran
     */
    <T> T run(String operation, boolean repeatable, Work<T> work) {
        Deadline deadline = Deadline.in(timeout);
        for (int left = attempts - 1; ; left--) {
            try {
                return attempt(deadline, work);
            } catch (SQLException e) {
                boolean mayRepeat = SqlStates.isNotRun(e) || (repeatable && SqlStates.isUnknown(e));
                if (missing != null && left >= 0 && SqlStates.isMissingTable(e)) {
                    create(missing, operation, deadline);
                } else if (!mayRepeat || left <= 0 || deadline.isNear()) {
                    throw failures.explain(operation, e);
                }
            }
        }
    }

    private <T> T attempt(Deadline deadline, Work<T> work) throws SQLException {
        Connection connection = connections.take(deadline);
        boolean done = false;
        try {
            T result = work.on(connection);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            done = true;
            return result;
        } finally {
            if (done) {
                connections.giveBack(connection);
            } else {
                connections.discard(connection);
            }
        }
    }

    private void create(TableName table, String operation, Deadline deadline) {
        try {
            attempt(deadline, connection -> {
                try (Statement statement = connection.createStatement()) {
                    // one message, and so one transaction: no table is ever seen without its index
                    return statement.execute(table.createScript());
                }
            });
        } catch (SQLException e) {
            if (!SqlStates.isCreatedByAnother(e)) {
                throw failures.explain(operation, e);
            }
        }
    }
}
