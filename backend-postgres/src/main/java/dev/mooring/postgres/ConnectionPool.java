// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A few connections, kept open between calls by HikariCP, which checks one that has been idle before it is used, as it
 * may have died while a function was frozen. HikariCP opens connections in a thread of its own, and tells of a failure
 * only when the caller's time is up; so where there is room for one more, the caller opens it, and HikariCP takes it over.
 * Whoever waits until another's call is over waits here, in turn: HikariCP wakes nobody when a connection is discarded.
 */
final class ConnectionPool implements ConnectionSource {

    /** HikariCP refuses less. */
    private static final long SHORTEST_MILLIS = 250;

    /** How long a check may take: the server is near, and a dead connection must leave time for a new one. */
    private static final long CHECK_MILLIS = 1000;

    private final Connector connector;
    private final int size;
    private final Handover handover;
    private final HikariPool pool;
    private final Semaphore turns;
    private final ReentrantLock opening = new ReentrantLock();

    ConnectionPool(Connector connector, int size, Duration timeout) {
        this.connector = connector;
        this.size = size;
        this.handover = new Handover(connector);
        this.pool = new HikariPool(config(handover, size, Math.max(SHORTEST_MILLIS, timeout.toMillis())));
        this.turns = new Semaphore(size, true);
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
        config.validate();
        return config;
    }

    @Override
    public Connection take(Deadline deadline) throws SQLException {
        awaitTurn(deadline);
        boolean taken = false;
        try {
            if (pool.poolState == HikariPool.POOL_SHUTDOWN) {
                throw new SQLException("the backend was closed");
            }
            Connection connection = hasRoom() ? open(deadline) : pooled(deadline);
            connection.setNetworkTimeout(Runnable::run, deadline.millisLeft());
            taken = true;
            return connection;
        } finally {
            if (!taken) {
                turns.release();
            }
        }
    }

    private void awaitTurn(Deadline deadline) throws SQLException {
        try {
            if (!turns.tryAcquire(deadline.millisLeft(), TimeUnit.MILLISECONDS)) {
                throw new SQLTimeoutException("all connections (pool_size=" + size
                        + ") were in use; raise pool_size where calls run in parallel");
            }
        } catch (InterruptedException e) {
            throw Connector.interrupted(e);
        }
    }

    /** Whether a call would have to wait until a connection was opened. */
    private boolean hasRoom() {
        return pool.getIdleConnections() == 0 && pool.getTotalConnections() < size;
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
            return pooled(deadline);
        } finally {
            handover.clear();
            opening.unlock();
        }
    }

    private Connection pooled(Deadline deadline) throws SQLException {
        try {
            handover.limit(deadline);
            return pool.getConnection(deadline.millisLeft());
        } catch (SQLException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw e.getCause() instanceof InterruptedException interruption
                    ? Connector.interrupted(interruption)
                    : new SQLTimeoutException("no connection was opened in time", e);
        }
    }

    @Override
    public void giveBack(Connection connection) {
        ConnectionSource.closeQuietly(connection);
        turns.release();
    }

    @Override
    public void discard(Connection connection) {
        pool.evictConnection(connection);
        turns.release();
    }

    @Override
    public void close() {
        try {
            pool.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        handover.clear();
    }
}
