// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import dev.mooring.json.Json;
import dev.mooring.json.JsonException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a function answered: {@code {"statusCode":200,"body":"…","headers":{…}}}. */
record HandlerAnswer(
        int statusCode, @Nullable String body, @Nullable String subprotocol) {

    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

    /** Reads an answer; null where it has no usable status, which API Gateway takes for a failure. */
    static @Nullable HandlerAnswer parse(String text) {
        try {
            if (Json.parse(text) instanceof Map<?, ?> answer) {
                return of(answer);
            }
        } catch (JsonException e) {
            return null;
        }
        return null;
    }

    private static @Nullable HandlerAnswer of(Map<?, ?> answer) {
        Object body = answer.get("body");
        if (answer.get("statusCode") instanceof Long status
                && status >= 200
                && status <= 599
                && (body == null || body instanceof String)) {
            return new HandlerAnswer(status.intValue(), (String) body, subprotocol(answer));
        }
        return null;
    }

    private static @Nullable String subprotocol(Map<?, ?> answer) {
        String single = header(answer.get("headers"));
        return single != null ? single : header(answer.get("multiValueHeaders"));
    }

    private static @Nullable String header(@Nullable Object headers) {
        if (headers instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> header : map.entrySet()) {
                if (SUBPROTOCOL.equalsIgnoreCase((String) header.getKey())) {
                    Object value = header.getValue();
                    return value instanceof List<?> list && !list.isEmpty() ? text(list.get(0)) : text(value);
                }
            }
        }
        return null;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String string ? string : null;
    }
}
