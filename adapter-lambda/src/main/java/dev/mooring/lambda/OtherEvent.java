// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.json.Json;
import dev.mooring.json.JsonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what an event is that is none of a WebSocket API. */
final class OtherEvent {

    private OtherEvent() {}

    static IllegalArgumentException rejection(String text) {
        return new IllegalArgumentException("Expected an event of an API Gateway WebSocket API, with"
                + " requestContext.eventType CONNECT, MESSAGE or DISCONNECT and a connectionId, but got " + kind(text)
                + ". Check what invokes this function.");
    }

    private static String kind(String text) {
        if (text.isBlank()) {
            return "nothing";
        }
        try {
            return Json.parse(text) instanceof Map<?, ?> event ? kind(event) : "JSON that is no object";
        } catch (JsonException e) {
            return "text that is not JSON (" + e.getMessage() + ")";
        }
    }

    private static String kind(Map<?, ?> event) {
        if (event.containsKey("methodArn") || event.containsKey("authorizationToken")) {
            return "an authorizer's event";
        }
        if (event.containsKey("Records")) {
            return "a batch of records, as SQS, SNS, S3 and streams send them";
        }
        if (event.containsKey("detail-type")) {
            return "an event of EventBridge";
        }
        if (event.containsKey("httpMethod") || hasHttp(event.get("requestContext"))) {
            return "an HTTP request";
        }
        return "other JSON";
    }

    private static boolean hasHttp(@Nullable Object requestContext) {
        return requestContext instanceof Map<?, ?> context && context.containsKey("http");
    }
}
