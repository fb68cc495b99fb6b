// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

/** Supplies what requests to AWS are signed with. Implementations are thread-safe. */
@FunctionalInterface
public interface CredentialsProvider {

    /**
     * Called before each request, so that credentials may change: keep them as long as they are valid.
     *
     * @return the credentials that are valid now
     * @throws RuntimeException if there are none; the event fails with it
     */
    Credentials get();
}
