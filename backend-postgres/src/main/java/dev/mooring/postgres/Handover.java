// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What HikariCP takes for its source of connections: gives those that callers have opened, and opens one itself where a
 * pooled one was found dead. Thread-safe.
 */
final class Handover implements DataSource {

    private final Queue<Connection> opened = new ConcurrentLinkedQueue<>();
    private final Connector connector;
    private volatile Deadline deadline = Deadline.in(Duration.ZERO);
    private volatile int loginTimeout;

    Handover(Connector connector) {
        this.connector = connector;
    }

    /** When the last of the calls that may wait for HikariCP has to be over. */
    synchronized void limit(Deadline call) {
        if (call.nanoTime() - deadline.nanoTime() > 0) {
            deadline = call;
        }
    }

    void offer(Connection connection) {
        opened.add(connection);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = opened.poll();
        return connection == null ? connector.connect(deadline) : connection;
    }

    /** Closes what HikariCP did not take. */
    void clear() {
        for (Connection connection = opened.poll(); connection != null; connection = opened.poll()) {
            ConnectionSource.closeQuietly(connection);
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the DSN says who connects");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
    }

    /** What HikariCP set, and waits for when it closes: with less it warns that its threads had no time to end. */
    @Override
    public int getLoginTimeout() {
        return loginTimeout;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
