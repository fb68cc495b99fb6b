// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A few connections, kept open between calls by HikariCP, which checks one that has been idle before it is used, as it
 * may have died while a function was frozen. HikariCP opens connections in a thread of its own, and tells of a failure
 * only when the caller's time is up; so where there is room for one more, the caller opens it, and HikariCP takes it over.
 */
final class ConnectionPool implements ConnectionSource {

    /** HikariCP refuses less. */
    private static final long SHORTEST_MILLIS = 250;

    /** How long a check may take: the server is near, and a dead connection must leave time for a new one. */
    private static final long CHECK_MILLIS = 1000;

    private final Connector connector;
    private final int size;
    private final Handover handover;
    private final HikariDataSource pool;
    private final ReentrantLock opening = new ReentrantLock();

    ConnectionPool(Connector connector, int size, Duration timeout) {
        this.connector = connector;
        this.size = size;
        this.handover = new Handover(connector, timeout);
        this.pool = new HikariDataSource(config(handover, size, Math.max(SHORTEST_MILLIS, timeout.toMillis())));
    }

    private static HikariConfig config(Handover handover, int size, long millis) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("mooring");
        config.setDataSource(handover);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(millis);
        config.setValidationTimeout(Math.max(SHORTEST_MILLIS, Math.min(CHECK_MILLIS, millis / 2)));
        // no connection before the first call, and nothing that goes on while a function is frozen
        config.setInitializationFailTimeout(-1);
        config.setMinimumIdle(0);
        config.setIdleTimeout(0);
        config.setMaxLifetime(0);
        config.setKeepaliveTime(0);
        return config;
    }

    @Override
    public Connection take(Deadline deadline) throws SQLException {
        Connection connection = hasRoom() ? open(deadline) : pooled();
        connection.setNetworkTimeout(Runnable::run, deadline.millisLeft());
        return connection;
    }

    /** Whether a call would have to wait until a connection was opened. */
    private boolean hasRoom() {
        HikariPoolMXBean state = pool.getHikariPoolMXBean();
        return state.getIdleConnections() == 0 && state.getTotalConnections() < size;
    }

    private Connection open(Deadline deadline) throws SQLException {
        try {
            if (!opening.tryLock(deadline.millisLeft(), TimeUnit.MILLISECONDS)) {
                throw new SQLTimeoutException("no connection was opened in time");
            }
        } catch (InterruptedException e) {
            throw Connector.interrupted(e);
        }
        try {
            if (hasRoom()) {
                handover.offer(connector.connect(deadline));
            }
            return pooled();
        } finally {
            opening.unlock();
        }
    }

    private Connection pooled() throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw new SQLTimeoutException(
                    "all connections (pool_size=" + size + ") were in use; raise pool_size where calls run in parallel",
                    e);
        }
    }

    @Override
    public void giveBack(Connection connection) {
        ConnectionSource.closeQuietly(connection);
    }

    @Override
    public void discard(Connection connection) {
        pool.evictConnection(connection);
    }

    @Override
    public void close() {
        pool.close();
        handover.close();
    }
}
