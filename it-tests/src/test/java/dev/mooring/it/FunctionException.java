// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import java.io.IOException;

/** A function did not answer an event. */
final class FunctionException extends IOException {

    private static final long serialVersionUID = 1;

    FunctionException(String message) {
        super(message);
    }
}
