// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.json.Json;
import dev.mooring.json.JsonException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event that is none of a WebSocket API's connections. */
record OtherEvent(Map<?, ?> members) {

    /**
     * Reads an event.
     *
     * @throws IllegalArgumentException if it is no JSON object; the message repeats nothing of it
     */
    static OtherEvent parse(String text) {
        if (text.isBlank()) {
            throw rejection("nothing");
        }
        try {
            if (Json.parse(text) instanceof Map<?, ?> members) {
                return new OtherEvent(members);
            }
        } catch (JsonException e) {
            throw rejection("text that is not JSON (" + e.getMessage() + ")");
        }
        throw rejection("JSON that is no object");
    }

    /** Whether it is what a rule of EventBridge sends on a schedule. */
    boolean isSchedule() {
        return "aws.events".equals(members.get("source")) && "Scheduled Event".equals(members.get("detail-type"));
    }

    /** The messages of a batch of SQS; null if it is none. */
    @Nullable
    List<?> queueRecords() {
        boolean isQueue = members.get("Records") instanceof List<?> records
                && !records.isEmpty()
                && records.get(0) instanceof Map<?, ?> first
                && "aws:sqs".equals(first.get("eventSource"));
        return isQueue ? (List<?>) members.get("Records") : null;
    }

    /** The error that ends an invocation with this event; it says what kind it is and repeats nothing of it. */
    IllegalArgumentException rejection() {
        return rejection(kind());
    }

    private static IllegalArgumentException rejection(String kind) {
        return new IllegalArgumentException("Expected an event of an API Gateway WebSocket API, with"
                + " requestContext.eventType CONNECT, MESSAGE or DISCONNECT and a connectionId, but got " + kind
                + ". Check what invokes this function.");
    }

    private String kind() {
        if (members.containsKey("methodArn") || members.containsKey("authorizationToken")) {
            return "an authorizer's event";
        }
        if (members.containsKey("Records")) {
            return "a batch of records, as SNS, S3 and streams send them";
        }
        if (members.containsKey("detail-type")) {
            return "an event of EventBridge";
        }
        if (members.containsKey("httpMethod") || hasHttp(members.get("requestContext"))) {
            return "an HTTP request";
        }
        return "other JSON";
    }

    private static boolean hasHttp(@Nullable Object requestContext) {
        return requestContext instanceof Map<?, ?> context && context.containsKey("http");
    }
}
