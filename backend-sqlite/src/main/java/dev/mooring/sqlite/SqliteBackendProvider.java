// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqlite;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendProvider;
import dev.mooring.backend.Dsn;
import java.time.InstantSource;
import java.util.Set;

/**
 * Opens {@code sqlite://} DSNs.
 *
 * <pre>
 * sqlite://chat.db             a file in the working directory, created when absent
 * sqlite://data/chat.db        a file in a directory of the working directory; the directory must be there
 * sqlite:///var/lib/chat.db    a file by its absolute path
 * sqlite://:memory:            a database of its own for each backend, gone when that is closed
 * </pre>
 *
 * <p>A relative name with an {@code @} begins with {@code ./}. Parameters: {@code ttl} and {@code timeout}, which all
 * backends have. Public for {@link java.util.ServiceLoader} only.
 */
public final class SqliteBackendProvider implements BackendProvider {

    /** For {@link java.util.ServiceLoader}. */
    public SqliteBackendProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("sqlite");
    }

    @Override
    public Backend open(Dsn dsn) {
        return new SqliteBackend(SqliteDatabase.of(dsn), InstantSource.system());
    }
}
