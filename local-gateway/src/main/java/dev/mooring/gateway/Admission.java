// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Whether a client is let in.
 *
 * @param connection the connection, if it is
 * @param status the HTTP status of the answer if it is not
 * @param subprotocol the one that the function chose
 * @param body of the answer if the client is not let in
 */
record Admission(
        ClientConnection connection, int status, @Nullable String subprotocol, String body) {

    private static final int BAD_GATEWAY = 502;

    static Admission accepted(ClientConnection connection) {
        return new Admission(connection, 200, null, "");
    }

    static Admission unavailable(ClientConnection connection) {
        return new Admission(connection, 503, null, "");
    }

    /** As the function decided; a function that failed lets nobody in. */
    static Admission of(ClientConnection connection, Event event, Outcome outcome) {
        HandlerAnswer answer =
                outcome.status() == Outcome.Status.ANSWERED ? HandlerAnswer.parse(event, outcome.answer()) : null;
        return answer == null
                ? new Admission(connection, BAD_GATEWAY, null, ErrorFrame.internalError(event))
                : new Admission(connection, answer.statusCode(), answer.subprotocol(), "");
    }

    boolean isAccepted() {
        return status < 300;
    }
}
