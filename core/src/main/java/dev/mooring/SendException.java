// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import org.jspecify.annotations.Nullable;

/**
 * The platform refused to send a message or to close a connection, did not answer, or could not be reached. Whether the
 * message arrived is unknown where no answer came. That a client is gone is no error.
 */
public final class SendException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean unreachable;

    /**
     * A message was not sent.
     *
     * @param status the HTTP status of the platform's answer; 0 where there was none
     * @param message what happened, to what, and what to do; never a secret
     * @param cause what the client reported, or null
     */
    public SendException(int status, String message, @Nullable Throwable cause) {
        this(status, false, message, cause);
    }

    private SendException(int status, boolean unreachable, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.unreachable = unreachable;
    }

    /**
     * The platform could not be reached, so that nothing was sent and sending it again is safe.
     *
     * @param message what happened, to what, and what to do; never a secret
     * @param cause what the client reported, or null
     * @return the exception, with status 0
     */
    public static SendException unreachable(String message, @Nullable Throwable cause) {
        return new SendException(0, true, message, cause);
    }

    /**
     * What the platform answered.
     *
     * @return the HTTP status; 0 where there was no answer
     */
    public int status() {
        return status;
    }

    /**
     * Whether the platform could not be reached.
     *
     * @return true if nothing was sent for certain; false if there was an answer, or whether it arrived is unknown
     */
    public boolean isUnreachable() {
        return unreachable;
    }
}
