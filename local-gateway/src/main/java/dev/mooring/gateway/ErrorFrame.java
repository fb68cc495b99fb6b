// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

/** What API Gateway sends to the client whose message failed, spaces as on the wire. */
final class ErrorFrame {

    private ErrorFrame() {}

    /** No route matched. */
    static String forbidden(Event event) {
        return text("Forbidden", event);
    }

    /** The function failed. */
    static String internalError(Event event) {
        return text("Internal server error", event);
    }

    /** The function took longer than the gateway waits. */
    static String timedOut(Event event) {
        return text("Endpoint request timed out", event);
    }

    private static String text(String message, Event event) {
        return "{\"message\": \"" + message + "\", \"connectionId\":\"" + event.connectionId() + "\", \"requestId\":\""
                + event.requestId() + "\"}";
    }
}
