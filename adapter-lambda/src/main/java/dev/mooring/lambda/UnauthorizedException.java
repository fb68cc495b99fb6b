// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

/** Makes API Gateway answer 401: it knows the case by this message alone. */
final class UnauthorizedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnauthorizedException() {
        super("Unauthorized", null, false, false);
    }
}
