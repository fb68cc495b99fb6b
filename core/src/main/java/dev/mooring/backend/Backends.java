// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.util.Objects;

/**
 * Opens the backend that a DSN names, by the providers that are on the class path: those that the thread's context class
 * loader finds, and where none of them knows the scheme, those that this class's own loader finds (the context class
 * loader of a common pool's threads may not see the application). Thread-safe.
 */
public final class Backends {

    private Backends() {}

    /**
     * Opens the backend that a DSN names.
     *
     * @param dsn the DSN's text, such as {@code redis://localhost} or {@code sqlite://chat.db}
     * @return the backend; the caller closes it
     * @throws InvalidDsnException if the text is wrong, or no provider on the class path knows its scheme
     */
    public static Backend open(String dsn) {
        return open(Dsn.parse(dsn));
    }

    /**
     * Opens the backend that a DSN names.
     *
     * @param dsn the DSN
     * @return the backend; the caller closes it
     * @throws InvalidDsnException if a part of it is wrong, or no provider on the class path knows its scheme
     */
    public static Backend open(Dsn dsn) {
        return provider(dsn.scheme()).open(dsn);
    }

    private static BackendProvider provider(String scheme) {
        ProviderSearch search = new ProviderSearch(scheme);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            search.lookInto(context);
        }
        ClassLoader own = Backends.class.getClassLoader();
        if (search.matching.isEmpty() && !Objects.equals(own, context)) {
            search.lookInto(own);
        }
        return search.result();
    }
}
