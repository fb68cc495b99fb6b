// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqlite;

import dev.mooring.backend.Dsn;
import dev.mooring.backend.InvalidDsnException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which database a DSN names.
 *
 * @param name the DSN, for errors
 * @param file the database's file, or null for one in memory
 * @param url what the driver calls it
 * @param timeout how long a call may take
 */
record SqliteDatabase(String name, @Nullable Path file, String url, Duration timeout) {

    private static final String IN_MEMORY = ":memory:";

    static SqliteDatabase of(Dsn dsn) {
        dsn.allowParameters(Set.of());
        String body = dsn.body();
        if (body.equals(IN_MEMORY)) {
            return new SqliteDatabase(dsn.toString(), null, "jdbc:sqlite::memory:", dsn.timeout());
        }
        Path file = file(body);
        // As a URI, since the driver takes a '?' in a plain name for the start of its own parameters.
        return new SqliteDatabase(dsn.toString(), file, "jdbc:sqlite:" + file.toUri(), dsn.timeout());
    }

    private static Path file(String body) {
        if (body.isEmpty() || body.endsWith("/")) {
            throw new InvalidDsnException("The file name is missing: write sqlite://file.db for a file in the working"
                    + " directory, sqlite:///path/file.db for one by its absolute path, or sqlite://" + IN_MEMORY
                    + ".");
        }
        if (mayHoldPassword(body)) {
            throw new InvalidDsnException(
                    "sqlite:// names a file, no server with user and password. If the '@' is part of"
                            + " the file's name, begin it with './' or '/'.");
        }
        try {
            return Path.of(body).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new InvalidDsnException("The file name in sqlite:// is none on this system: " + e.getReason() + ".");
        }
    }

    /** What reads so may have been meant for a server, and the file's name is in errors. */
    private static boolean mayHoldPassword(String body) {
        return body.indexOf('@') >= 0 && !body.startsWith("/") && !body.startsWith("./") && !body.startsWith("../");
    }
}
