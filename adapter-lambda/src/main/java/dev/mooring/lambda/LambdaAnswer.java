// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.Acceptance;
import dev.mooring.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a function returns, as JSON. */
final class LambdaAnswer {

    static final String OK = status(200, "");
    static final String FAILED = status(500, "");

    private LambdaAnswer() {}

    static String to(Acceptance acceptance) {
        Optional<String> subprotocol = acceptance.subprotocol();
        String headers = subprotocol.isPresent()
                ? ",\"headers\":{\"Sec-WebSocket-Protocol\":" + Json.write(subprotocol.get()) + "}"
                : "";
        return status(acceptance.status(), headers);
    }

    /** For a route whose answers the client gets: it hears what API Gateway says when a function itself fails. */
    static String failed(String connectionId, String requestId) {
        String frame = "{\"message\": \"Internal server error\", \"connectionId\":" + Json.write(connectionId)
                + ", \"requestId\":" + Json.write(requestId) + "}";
        return status(500, ",\"body\":" + Json.write(frame));
    }

    static String reply(Optional<String> reply) {
        return reply.isPresent() ? status(200, ",\"body\":" + Json.write(reply.get())) : OK;
    }

    static String purged(int connections) {
        return "{\"purged\":" + connections + "}";
    }

    /** Which messages of a batch are to come again. */
    static String failed(List<String> messageIds) {
        List<Map<String, String>> failures = new ArrayList<>();
        for (String id : messageIds) {
            failures.add(Map.of("itemIdentifier", id));
        }
        return Json.write(Map.of("batchItemFailures", failures));
    }

    private static String status(int status, String more) {
        return "{\"statusCode\":" + status + more + "}";
    }
}
