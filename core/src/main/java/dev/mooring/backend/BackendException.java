// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import org.jspecify.annotations.Nullable;

/**
 * A store failed or did not answer in time. The call may have taken effect in part; calling again completes it. The
 * message names the store, the operation and what to do, and holds no secret.
 */
public final class BackendException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A call on a store failed.
     *
     * @param store which store, without secrets, such as {@link Dsn#toString()}
     * @param operation what was asked of it: {@code save}, {@code find}, {@code update}, {@code delete}, …
     * @param problem what happened and what to do about it; never a secret
     * @param cause what the store's client reported, or null
     */
    public BackendException(String store, String operation, String problem, @Nullable Throwable cause) {
        super(store + ": " + operation + " failed: " + problem, cause);
    }
}
