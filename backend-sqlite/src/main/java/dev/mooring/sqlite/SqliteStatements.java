// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConnection;

/** An open connection to the database and its prepared statements. Used by one thread at a time. */
final class SqliteStatements implements AutoCloseable {

    private static final String[] SET_UP = {
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = NORMAL",
        "CREATE TABLE IF NOT EXISTS mooring_connections (id TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL,"
                + " expires_at INTEGER NOT NULL, revision TEXT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS mooring_channels (channel TEXT NOT NULL, id TEXT NOT NULL,"
                + " PRIMARY KEY (channel, id)) WITHOUT ROWID",
        "CREATE INDEX IF NOT EXISTS mooring_channels_by_id ON mooring_channels (id)"
    };

    private final SQLiteConnection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    private SqliteStatements(SQLiteConnection connection) {
        this.connection = connection;
    }

    /** Opens the database; creates it where it is absent. */
    static SqliteStatements open(String url, Duration timeout) throws SQLException {
        // Not by DriverManager, which would load every driver that is on the class path.
        SqliteStatements statements = new SqliteStatements(JDBC.createConnection(url, new Properties()));
        try {
            statements.waitAtMost(timeout);
            for (String sql : SET_UP) {
                statements.execute(sql);
            }
            return statements;
        } catch (SQLException e) {
            statements.close();
            throw e;
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How long the statements that follow wait for another writer. */
    void waitAtMost(Duration timeout) throws SQLException {
        connection.setBusyTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis())));
    }

    /** Runs a statement that returns no rows, and tells how many it changed. */
    int run(String sql, Object... parameters) throws SQLException {
        return bind(sql, parameters).executeUpdate();
    }

    /** Runs a query; the caller closes the result, which ends the read. */
    ResultSet query(String sql, Object... parameters) throws SQLException {
        return bind(sql, parameters).executeQuery();
    }

    private PreparedStatement bind(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    /** Closes the connection, and with it its statements. */
    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
