// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Opens connections to the first of several hosts that takes one. A server that is not there, or has no connection left,
 * is tried again until the deadline: it may be restarting. Thread-safe.
 */
final class Connector {

    /** Nothing of a DSN is ever pasted into a URL: hosts, names and credentials go in as properties. */
    private static final String URL = "jdbc:postgresql://";

    static final long PAUSE_MILLIS = 100;

    private final Driver driver = new Driver();
    private final List<Properties> hosts;
    private final boolean shuffled;
    private final int hostMillis;

    /**
     * What connections are like.
     *
     * @param hosts the driver's properties for each host, in the order in which to try them
     * @param shuffled whether to try them in another order each time
     * @param hostMillis how long one host may take at most; the deadline may leave less
     */
    Connector(List<Properties> hosts, boolean shuffled, int hostMillis) {
        this.hosts = List.copyOf(hosts);
        this.shuffled = shuffled;
        this.hostMillis = hostMillis;
    }

    Connection connect(Deadline deadline) throws SQLException {
        SQLException first = null;
        while (true) {
            try {
                return connectOnce(deadline);
            } catch (SQLException e) {
                if (!SqlStates.mayPass(e)) {
                    throw e;
                }
                // the last attempt may only have run out of time
                first = first == null ? e : first;
                if (deadline.isNear()) {
                    throw first;
                }
                pause();
            }
        }
    }

    private Connection connectOnce(Deadline deadline) throws SQLException {
        List<Properties> order = hosts;
        if (shuffled) {
            order = new ArrayList<>(hosts);
            Collections.shuffle(order);
        }
        for (int left = order.size(); ; left--) {
            try {
                // one that does not answer must leave time for the others, which the driver would not see to
                return open(order.get(order.size() - left), Math.min(hostMillis, deadline.millisLeft() / left));
            } catch (SQLException e) {
                if (left == 1 || !SqlStates.isAbsent(e)) {
                    throw e;
                }
            }
        }
    }

    private Connection open(Properties host, int millis) throws SQLException {
        String seconds = String.valueOf(millis / 1000 + 1);
        Properties properties = new Properties();
        properties.putAll(host);
        // loginTimeout is exact, but leaves the attempt to a thread, which the other two end
        properties.setProperty(PGProperty.LOGIN_TIMEOUT.getName(), String.valueOf(Math.max(millis, 1) / 1000f));
        properties.setProperty(PGProperty.CONNECT_TIMEOUT.getName(), seconds);
        properties.setProperty(PGProperty.SOCKET_TIMEOUT.getName(), seconds);
        try {
            return driver.connect(URL, properties);
        } catch (SQLException e) {
            if (Thread.currentThread().isInterrupted()) {
                // the driver calls it something unusual, as if it had failed itself
                throw interrupted(e);
            }
            String state = SqlStates.whileConnecting(e);
            throw state.equals(SqlStates.of(e)) ? e : new SQLException(e.getMessage(), state, e);
        }
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** For a thread that was told to end: it is told so again, and the call fails. */
    static SQLException interrupted(Exception e) {
        Thread.currentThread().interrupt();
        return new SQLTimeoutException("interrupted while waiting for a connection", e);
    }
}
