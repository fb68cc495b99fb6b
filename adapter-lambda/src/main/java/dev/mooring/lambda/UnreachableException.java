// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.io.IOException;

/** Nothing was sent to a server: it was not found, did not answer, or is not the one it should be. The cause says which. */
final class UnreachableException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreachableException(IOException cause) {
        super(cause);
    }
}
