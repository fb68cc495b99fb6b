// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A data source of the user's own: its timeouts, its pool and its life are the user's business. */
record UserDataSource(DataSource dataSource) implements ConnectionSource {

    @Override
    public Connection take(Deadline deadline) throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    public void giveBack(Connection connection) {
        ConnectionSource.closeQuietly(connection);
    }

    @Override
    public void discard(Connection connection) {
        ConnectionSource.closeQuietly(connection);
    }

    @Override
    public void close() {}
}
