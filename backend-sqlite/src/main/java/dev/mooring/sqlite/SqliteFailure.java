// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqlite;

import dev.mooring.backend.BackendException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Says what a failure means for whoever has to mend it. */
final class SqliteFailure {

    private SqliteFailure() {}

    static BackendException of(SqliteDatabase database, String operation, SQLException cause) {
        return new BackendException(database.name(), operation, problem(database, cause), cause);
    }

    static String busy(SqliteDatabase database) {
        return "another writer kept the database locked for more than "
                + database.timeout().toMillis() + " ms. Find who holds it, or set a longer timeout in the DSN.";
    }

    private static String problem(SqliteDatabase database, SQLException cause) {
        Path file = database.file();
        return switch (SQLiteErrorCode.getErrorCode(cause.getErrorCode())) {
            case SQLITE_BUSY, SQLITE_LOCKED -> busy(database);
            case SQLITE_CANTOPEN -> cannotOpen(file);
            case SQLITE_NOTADB -> file + " is not an SQLite database. Name another file in the DSN.";
            case SQLITE_CORRUPT ->
                file + " is damaged. Stop every process that uses it, move it away or restore a copy of it.";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
                file + " cannot be written. Allow this user to write the file and its directory.";
            case SQLITE_FULL ->
                "there is no room left for " + file + ". Free space on its disk; nothing stored is lost.";
            case SQLITE_IOERR -> "the disk of " + file + " failed: " + cause.getMessage();
            default -> cause.getMessage() + ".";
        };
    }

    private static String cannotOpen(@Nullable Path file) {
        Path directory = file == null ? null : file.getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            return "the directory " + directory + " does not exist. Create it, or name another file in the DSN.";
        }
        if (file != null && Files.isDirectory(file)) {
            return file + " is a directory. Name a file in the DSN.";
        }
        return file + " cannot be opened. Allow this user to read and write the file and its directory.";
    }
}
