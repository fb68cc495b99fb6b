// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

/** What API Gateway says to a client whose message or handshake failed, spaces as on the wire. */
final class ErrorFrame {

    private ErrorFrame() {}

    /** No route matched, or the authorizer denies. */
    static String forbidden(Event event) {
        return text("Forbidden", event);
    }

    /** Who the client is, is not known. */
    static String unauthorized(Event event) {
        return text("Unauthorized", event);
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
