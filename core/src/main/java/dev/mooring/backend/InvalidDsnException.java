// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

/** The text of a DSN is wrong. The message names the part and what to do, and holds no secret. */
public final class InvalidDsnException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * A DSN is wrong.
     *
     * @param message which part is wrong and what to do; never a secret
     */
    public InvalidDsnException(String message) {
        super(message);
    }
}
