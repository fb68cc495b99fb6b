// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Page;
import dev.mooring.backend.StoredConnection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * Keeps connections in one PostgreSQL table, a row each, which {@code schema.sql} beside this class creates:
 *
 * <ul>
 *   <li>{@code id}: the primary key, sorted by its bytes whatever the database's collation;
 *   <li>{@code state}: JSON text, which core alone writes and reads;
 *   <li>{@code channels}: an array, with a GIN index for {@code members};
 *   <li>{@code expires_at}: compared with the clock of this JVM; the row stays until {@code purgeExpired};
 *   <li>{@code revision}: from a sequence with each write, so that no value returns when a row does.
 * </ul>
 *
 * <p>Every method is one statement and commits by itself ({@code purgeExpired}: one for each 10,000 rows). Record and
 * index change together, so that nothing is ever left to clean up. {@code members} and {@code connections} page by id,
 * and a cursor is the last id of its page. Neither session state nor locks outlive a statement, so that a pooler may sit
 * between. Thread-safe.
 */
public final class PostgresBackend implements Backend {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int PURGED_AT_ONCE = 10_000;

    private final ConnectionSource source;
    private final Calls calls;
    private final Sql sql;
    private final InstantSource clock;
    private volatile boolean closed;

    /**
     * Keeps connections by a data source of the user's own. It sets what a DSN would: timeouts, TLS, how many
     * connections there are and how they are checked. The table is created where it is missing.
     *
     * @param dataSource gives connections of the PostgreSQL JDBC driver; stays open when this backend is closed
     * @param table {@code name} or {@code schema.name}, in its own case
     * @throws IllegalArgumentException if the table's name is none that can be kept
     */
    public PostgresBackend(DataSource dataSource, String table) {
        this(dataSource, table, InstantSource.system());
    }

    PostgresBackend(DataSource dataSource, String table, InstantSource clock) {
        this(
                new UserDataSource(dataSource),
                2,
                TableName.parse(table),
                true,
                "postgresql (table " + table + ")",
                TIMEOUT,
                clock);
    }

    /**
     * Keeps connections.
     *
     * @param attempts how often to try at most: one more than connections may be dead without anybody knowing yet
     * @param store what errors call the store; without secrets
     */
    PostgresBackend(
            ConnectionSource source,
            int attempts,
            TableName table,
            boolean autoCreate,
            String store,
            Duration timeout,
            InstantSource clock) {
        this.source = source;
        this.calls = new Calls(
                source, attempts, timeout, autoCreate ? table : null, new Failures(store, table.text(), timeout));
        this.sql = Sql.on(table.sql());
        this.clock = clock;
    }

    @Override
    public StoredConnection save(StoredConnection connection) {
        return calls().run("save", true, session -> {
            try (PreparedStatement statement = session.prepareStatement(sql.save())) {
                bind(statement, connection, connection.id());
                return stored(statement, connection).orElseThrow();
            }
        });
    }

    @Override
    public Optional<StoredConnection> find(String id) {
        return calls().run("find", true, session -> {
            try (PreparedStatement statement = session.prepareStatement(sql.find())) {
                return read(statement, id);
            }
        });
    }

    @Override
    public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
        return calls().run("update", false, session -> {
            try (PreparedStatement statement = session.prepareStatement(sql.update())) {
                bind(statement, next, previous.id());
                statement.setString(5, previous.revision());
                statement.setObject(6, timestamp(clock.instant()));
                return stored(statement, next);
            }
        });
    }

    @Override
    public Optional<StoredConnection> delete(String id) {
        return calls().run("delete", false, session -> {
            try (PreparedStatement statement = session.prepareStatement(sql.delete())) {
                return read(statement, id);
            }
        });
    }

    @Override
    public Page<String> members(String channel, @Nullable String cursor, int limit) {
        return calls().run("members", true, session -> {
            try (PreparedStatement statement = session.prepareStatement(sql.members())) {
                // planned anew each time: what is good for a rare channel is bad for one that everybody is in
                statement.unwrap(PGStatement.class).setPrepareThreshold(0);
                statement.setString(1, channel);
                return page(statement, 2, cursor, limit);
            }
        });
    }

    @Override
    public Page<String> connections(@Nullable String cursor, int limit) {
        return calls().run("connections", true, session -> {
            try (PreparedStatement statement = session.prepareStatement(sql.connections())) {
                return page(statement, 1, cursor, limit);
            }
        });
    }

    /** {@inheritDoc} Each 10,000 of them have a {@code timeout} of their own. */
    @Override
    public int purgeExpired() {
        int sum = 0;
        int purged;
        do {
            purged = purge();
            sum += purged;
        } while (purged == PURGED_AT_ONCE);
        return sum;
    }

    private int purge() {
        return calls().run("purgeExpired", true, session -> {
            try (PreparedStatement statement = session.prepareStatement(sql.purge())) {
                statement.setObject(1, timestamp(clock.instant()));
                statement.setInt(2, PURGED_AT_ONCE);
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        source.close();
    }

    private Calls calls() {
        if (closed) {
            throw new IllegalStateException("This backend is closed.");
        }
        return calls;
    }

    private static void bind(PreparedStatement statement, StoredConnection connection, String id) throws SQLException {
        // in order, so that a row whose channels have not changed is seen not to have, and the index is left alone
        String[] channels = connection.channels().toArray(new String[0]);
        Arrays.sort(channels);
        statement.setString(1, connection.state());
        statement.setArray(2, statement.getConnection().createArrayOf("text", channels));
        statement.setObject(3, timestamp(connection.expiresAt()));
        statement.setString(4, id);
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Optional<StoredConnection> stored(PreparedStatement statement, StoredConnection connection)
            throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(connection.withRevision(rows.getString(1))) : Optional.empty();
        }
    }

    private Optional<StoredConnection> read(PreparedStatement statement, String id) throws SQLException {
        statement.setString(1, id);
        try (ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                return Optional.empty();
            }
            StoredConnection connection = new StoredConnection(
                    id,
                    rows.getString(1),
                    Set.of((String[]) rows.getArray(2).getArray()),
                    rows.getObject(3, OffsetDateTime.class).toInstant(),
                    rows.getString(4));
            return connection.expiresAt().isAfter(clock.instant()) ? Optional.of(connection) : Optional.empty();
        }
    }

    private Page<String> page(PreparedStatement statement, int parameter, @Nullable String cursor, int limit)
            throws SQLException {
        statement.setString(parameter, cursor == null ? "" : cursor);
        statement.setObject(parameter + 1, timestamp(clock.instant()));
        statement.setInt(parameter + 2, limit);
        List<String> ids = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return new Page<>(ids, ids.size() < limit ? null : ids.get(limit - 1));
    }
}
