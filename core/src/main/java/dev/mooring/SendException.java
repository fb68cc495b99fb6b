// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import org.jspecify.annotations.Nullable;

/**
 * The platform refused to send a message or to close a connection, or did not answer. Whether the message arrived is
 * unknown where no answer came. That a client is gone is no error.
 */
public final class SendException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * A message was not sent.
     *
     * @param status the HTTP status of the platform's answer; 0 where there was none
     * @param message what happened, to what, and what to do; never a secret
     * @param cause what the client reported, or null
     */
    public SendException(int status, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /**
     * What the platform answered.
     *
     * @return the HTTP status; 0 where there was no answer
     */
    public int status() {
        return status;
    }
}
