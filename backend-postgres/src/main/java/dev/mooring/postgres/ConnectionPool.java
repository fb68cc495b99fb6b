// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A few connections, kept open between calls. It has no threads: who needs a connection opens it, or checks the one at
 * hand if that has been idle, so that nothing goes on while a function is frozen and a connection that died meanwhile is
 * noticed before it is used. A connection that failed is closed.
 */
final class ConnectionPool implements ConnectionSource {

    /** How long a connection may be idle and still be used unchecked. */
    private static final long UNCHECKED_MILLIS = 500;

    /** How long a check may take: the server is near, and a dead connection must leave time for a new one. */
    private static final int CHECK_MILLIS = 1000;

    private record Idle(Connection connection, long sinceMillis) {}

    private final Connector connector;
    private final int size;
    private final Semaphore free;
    private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    ConnectionPool(Connector connector, int size) {
        this.connector = connector;
        this.size = size;
        this.free = new Semaphore(size);
    }

    @Override
    public Connection take(Deadline deadline) throws SQLException {
        acquire(deadline);
        boolean taken = false;
        try {
            Connection alive = aliveOne(deadline);
            Connection connection = alive == null ? connector.connect(deadline) : alive;
            connection.setNetworkTimeout(Runnable::run, deadline.millisLeft());
            taken = true;
            return connection;
        } finally {
            if (!taken) {
                free.release();
            }
        }
    }

    private void acquire(Deadline deadline) throws SQLException {
        try {
            if (!free.tryAcquire(deadline.millisLeft(), TimeUnit.MILLISECONDS)) {
                throw new SQLTimeoutException("all connections (pool_size=" + size
                        + ") were in use; raise pool_size where calls run in parallel");
            }
        } catch (InterruptedException e) {
            throw Connector.interrupted(e);
        }
    }

    private @Nullable Connection aliveOne(Deadline deadline) {
        for (Idle next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            // not nanoTime, which may stand still while the machine of a function does
            if (System.currentTimeMillis() - next.sinceMillis < UNCHECKED_MILLIS
                    || isAlive(next.connection, deadline)) {
                return next.connection;
            }
            ConnectionSource.closeQuietly(next.connection);
        }
        return null;
    }

    private static boolean isAlive(Connection connection, Deadline deadline) {
        try {
            connection.setNetworkTimeout(Runnable::run, Math.max(1, Math.min(CHECK_MILLIS, deadline.millisLeft() / 2)));
            return connection.isValid(0);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void giveBack(Connection connection) {
        idle.offerFirst(new Idle(connection, System.currentTimeMillis()));
        if (closed) {
            close();
        }
        free.release();
    }

    @Override
    public void discard(Connection connection) {
        ConnectionSource.closeQuietly(connection);
        free.release();
    }

    @Override
    public void close() {
        closed = true;
        for (Idle next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            ConnectionSource.closeQuietly(next.connection);
        }
    }
}
