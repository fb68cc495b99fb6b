// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.util.Set;

/**
 * Opens backends for the DSNs of its schemes. Found by {@link java.util.ServiceLoader}: name the class in {@code
 * META-INF/services/dev.mooring.backend.BackendProvider} and give it a public constructor without parameters.
 *
 * <p>Implementations need not be thread-safe: each look-up makes its own.
 */
public interface BackendProvider {

    /**
     * Which DSNs this provider is for.
     *
     * @return scheme names in lower case, such as {@code redis} and {@code rediss}
     */
    Set<String> schemes();

    /**
     * Opens a backend without a round trip to the store.
     *
     * @param dsn a DSN of one of this provider's schemes
     * @return the backend, ready for use; the caller closes it
     * @throws InvalidDsnException if a part of the DSN is wrong
     */
    Backend open(Dsn dsn);
}
