// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import dev.mooring.json.Json;
import java.util.Map;

/** An event as a function sees it. */
record EventView(Map<String, Object> json, Context context) {

    static EventView parse(String text, Context context) {
        return new EventView(map(Json.parse(text)), context);
    }

    Map<String, Object> map(String name) {
        return map(json.get(name));
    }

    @SuppressWarnings("unchecked") // JSON's names are strings
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    Map<String, Object> requestContext() {
        return map("requestContext");
    }

    String routeKey() {
        return (String) requestContext().get("routeKey");
    }

    String connectionId() {
        return (String) requestContext().get("connectionId");
    }

    String requestId() {
        return (String) requestContext().get("requestId");
    }

    String body() {
        return (String) json.get("body");
    }

    Map<String, Object> headers() {
        return map("headers");
    }
}
