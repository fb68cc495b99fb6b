// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqlite;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Page;
import dev.mooring.backend.StoredConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections in one SQLite database, which several processes may open.
 *
 * <pre>
 * mooring_connections   id (key), state, expires_at (milliseconds since 1970), revision
 * mooring_channels      channel, id (key: both; also indexed by id)
 * </pre>
 *
 * <p>File and tables are created by the first call that needs them; names begin with {@code mooring_}, so that the
 * file may hold other tables as well. A record and its channels are written in one transaction, so one never shows
 * without the other. A revision is 64 random bits, so that none is met again, not even where a record is deleted and
 * saved anew. Whatever has expired is left out when reading, and removed by {@link #purgeExpired}. Cursors are the
 * last id of a page.
 *
 * <p>The database is in WAL mode: next to {@code file.db} there are {@code file.db-wal} and {@code file.db-shm} while it
 * is open and after a crash; the three belong together. Writers take turns, and one that waits longer than {@code
 * timeout} fails; readers do not wait for writers. Commits are written with {@code synchronous=NORMAL}: the death of the process
 * loses none, a power cut may lose the last ones, nothing corrupts the file. SQLite's locks do not work on network file
 * systems.
 *
 * <p>The driver unpacks its native library into {@code java.io.tmpdir} at each start. To save that, unpack it once and
 * name its directory in the system property {@code org.sqlite.lib.path}.
 */
final class SqliteBackend implements Backend {

    private final SqliteSession writer;
    private final SqliteSession reader;
    private final InstantSource clock;

    SqliteBackend(SqliteDatabase database, InstantSource clock) {
        this.writer = new SqliteSession(database);
        // A database in memory belongs to one session.
        this.reader = database.file() == null ? writer : new SqliteSession(database);
        this.clock = clock;
    }

    @Override
    public StoredConnection save(StoredConnection connection) {
        StoredConnection saved = connection.withRevision(newRevision());
        return writer.transaction("save", sql -> {
            sql.run(
                    "INSERT OR REPLACE INTO mooring_connections (id, state, expires_at, revision) VALUES (?, ?, ?, ?)",
                    saved.id(),
                    saved.state(),
                    saved.expiresAt().toEpochMilli(),
                    saved.revision());
            sql.run("DELETE FROM mooring_channels WHERE id = ?", saved.id());
            subscribe(sql, saved.id(), saved.channels(), Set.of());
            return saved;
        });
    }

    @Override
    public Optional<StoredConnection> find(String id) {
        return reader.run("find", sql -> find(sql, id));
    }

    @Override
    public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
        StoredConnection updated = next.withRevision(newRevision());
        return writer.transaction("update", sql -> {
            int rows = sql.run(
                    "UPDATE mooring_connections SET state = ?, expires_at = ?, revision = ?"
                            + " WHERE id = ? AND revision = ? AND expires_at > ?",
                    updated.state(),
                    updated.expiresAt().toEpochMilli(),
                    updated.revision(),
                    previous.id(),
                    previous.revision(),
                    now());
            if (rows == 0) {
                return Optional.empty();
            }
            // The revision has just proved that these are the channels that are stored.
            unsubscribe(sql, previous.id(), previous.channels(), next.channels());
            subscribe(sql, previous.id(), next.channels(), previous.channels());
            return Optional.of(updated);
        });
    }

    @Override
    public Optional<StoredConnection> delete(String id) {
        return writer.transaction("delete", sql -> {
            Optional<StoredConnection> found = find(sql, id);
            sql.run("DELETE FROM mooring_connections WHERE id = ?", id);
            sql.run("DELETE FROM mooring_channels WHERE id = ?", id);
            return found;
        });
    }

    @Override
    public Page<String> members(String channel, @Nullable String cursor, int limit) {
        return reader.run(
                "members",
                sql -> page(
                        limit,
                        sql.query(
                                "SELECT id FROM mooring_channels CROSS JOIN mooring_connections USING (id)"
                                        + " WHERE channel = ? AND id > ? AND expires_at > ? ORDER BY id LIMIT ?",
                                channel,
                                cursor == null ? "" : cursor,
                                now(),
                                limit)));
    }

    @Override
    public Page<String> connections(@Nullable String cursor, int limit) {
        return reader.run(
                "connections",
                sql -> page(
                        limit,
                        sql.query(
                                "SELECT id FROM mooring_connections WHERE id > ? AND expires_at > ? ORDER BY id LIMIT ?",
                                cursor == null ? "" : cursor,
                                now(),
                                limit)));
    }

    @Override
    public int purgeExpired() {
        return writer.transaction("purgeExpired", sql -> {
            long now = now();
            sql.run(
                    "DELETE FROM mooring_channels WHERE id IN"
                            + " (SELECT id FROM mooring_connections WHERE expires_at <= ?)",
                    now);
            return sql.run("DELETE FROM mooring_connections WHERE expires_at <= ?", now);
        });
    }

    @Override
    public void close() {
        try {
            reader.close();
        } finally {
            writer.close();
        }
    }

    /** Reads record and channels by one statement, so that both are of the same moment. */
    private Optional<StoredConnection> find(SqliteStatements sql, String id) throws SQLException {
        Set<String> channels = new HashSet<>();
        StoredConnection record = null;
        try (ResultSet rows = sql.query(
                "SELECT NULL, state, expires_at, revision FROM mooring_connections WHERE id = ?1 AND expires_at > ?2"
                        + " UNION ALL SELECT channel, NULL, NULL, NULL FROM mooring_channels WHERE id = ?1",
                id,
                now())) {
            while (rows.next()) {
                String channel = rows.getString(1);
                if (channel != null) {
                    channels.add(channel);
                } else {
                    Instant expiresAt = Instant.ofEpochMilli(rows.getLong(3));
                    record = new StoredConnection(id, rows.getString(2), Set.of(), expiresAt, rows.getString(4));
                }
            }
        }
        return Optional.ofNullable(record)
                .map(found -> new StoredConnection(id, found.state(), channels, found.expiresAt(), found.revision()));
    }

    private static Page<String> page(int limit, ResultSet rows) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return new Page<>(ids, ids.size() < limit ? null : ids.get(ids.size() - 1));
    }

    private static void subscribe(SqliteStatements sql, String id, Set<String> channels, Set<String> already)
            throws SQLException {
        for (String channel : channels) {
            if (!already.contains(channel)) {
                sql.run("INSERT OR IGNORE INTO mooring_channels (channel, id) VALUES (?, ?)", channel, id);
            }
        }
    }

    private static void unsubscribe(SqliteStatements sql, String id, Set<String> channels, Set<String> kept)
            throws SQLException {
        for (String channel : channels) {
            if (!kept.contains(channel)) {
                sql.run("DELETE FROM mooring_channels WHERE channel = ? AND id = ?", channel, id);
            }
        }
    }

    private static String newRevision() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    private long now() {
        return clock.millis();
    }
}
