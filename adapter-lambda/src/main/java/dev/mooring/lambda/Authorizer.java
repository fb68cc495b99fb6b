// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.Handshake;

/** Decides who may connect, before the app hears of it: a REQUEST authorizer of API Gateway. Thread-safe. */
@FunctionalInterface
public interface Authorizer {

    /**
     * Decides whether a client may connect. What this throws is logged, and the client gets status 500.
     *
     * @param handshake what the client presents
     * @return the decision
     */
    Authorization authorize(Handshake handshake);
}
