// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqlite;

import dev.mooring.backend.BackendException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** One connection to the database at a time, opened when first needed and again after a failure. Thread-safe. */
final class SqliteSession {

    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final SqliteDatabase database;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SqliteStatements open;
    private volatile boolean closed;

    SqliteSession(SqliteDatabase database) {
        this.database = database;
    }

    /** What is done with the database. */
    interface Work<T> {
        T on(SqliteStatements sql) throws SQLException;
    }

    /** Runs what takes one statement. */
    <T> T run(String operation, Work<T> work) {
        long deadline = System.nanoTime() + database.timeout().toNanos();
        acquire(operation);
        try {
            SqliteStatements sql = open(deadline);
            sql.waitAtMost(until(deadline));
            return work.on(sql);
        } catch (SQLException e) {
            discard(e);
            throw SqliteFailure.of(database, operation, e);
        } finally {
            lock.unlock();
        }
    }

    /** Runs what takes a transaction, which takes the place of the one writer from the start. */
    <T> T transaction(String operation, Work<T> work) {
        return run(operation, sql -> {
            sql.run("BEGIN IMMEDIATE");
            try {
                T result = work.on(sql);
                sql.run("COMMIT");
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollBack(sql, e);
                throw e;
            }
        });
    }

    private static void rollBack(SqliteStatements sql, Throwable cause) {
        try {
            sql.run("ROLLBACK");
        } catch (SQLException e) {
            cause.addSuppressed(e); // SQLite has rolled back by itself
        }
    }

    private void acquire(String operation) {
        checkOpen();
        try {
            if (!lock.tryLock(database.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new BackendException(
                        database.name(), operation, SqliteFailure.busy(database), new TimeoutException());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException(database.name(), operation, "the thread was interrupted.", e);
        }
        if (closed) {
            lock.unlock();
            checkOpen();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("This backend is closed.");
        }
    }

    private SqliteStatements open(long deadline) throws SQLException {
        while (open == null) {
            try {
                open = SqliteStatements.open(database.url(), until(deadline));
            } catch (SQLException e) {
                // When two create a database at once, one is sent away without having waited.
                if (!isBusy(e) || until(deadline).isNegative()) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
        return open;
    }

    private static boolean isBusy(SQLException e) {
        return e.getErrorCode() == SQLiteErrorCode.SQLITE_BUSY.code;
    }

    private static Duration until(long deadline) {
        return Duration.ofNanos(deadline - System.nanoTime());
    }

    /** After a failure the next call begins anew: the file may be another by then. What is in memory has no file. */
    private void discard(SQLException cause) {
        if (database.file() != null && open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                cause.addSuppressed(e);
            }
            open = null;
        }
    }

    void close() {
        closed = true;
        lock.lock();
        try {
            if (open != null) {
                open.close();
                open = null;
            }
        } catch (SQLException e) {
            throw SqliteFailure.of(database, "close", e);
        } finally {
            lock.unlock();
        }
    }
}
