// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import dev.mooring.json.Json;
import dev.mooring.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a function answered: {@code {"statusCode":200,"body":"…","headers":{…}}}. */
record HandlerAnswer(
        int statusCode, @Nullable String body, @Nullable String subprotocol) {

    private static final System.Logger LOG = System.getLogger(HandlerAnswer.class.getPackageName());
    private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";

    /** Reads an answer; null where API Gateway takes it for a failure: a status is missing, or what it has is not text. */
    static @Nullable HandlerAnswer parse(Event event, String text) {
        HandlerAnswer answer = parse(text);
        if (answer == null) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The handler's answer to " + event
                            + " is not {\"statusCode\": 200 to 599, \"body\": \"text of up to 128 KB\"}");
        }
        return answer;
    }

    private static @Nullable HandlerAnswer parse(String text) {
        try {
            return Json.parse(text) instanceof Map<?, ?> answer ? of(answer) : null;
        } catch (JsonException e) {
            return null;
        }
    }

    private static @Nullable HandlerAnswer of(Map<?, ?> answer) {
        if (answer.get("statusCode") instanceof Long status
                && status >= 200
                && status <= 599
                && isBody(answer.get("body"))) {
            return new HandlerAnswer(status.intValue(), (String) answer.get("body"), subprotocol(answer));
        }
        return null;
    }

    private static boolean isBody(@Nullable Object body) {
        return body == null
                || (body instanceof String text && text.getBytes(StandardCharsets.UTF_8).length <= Limits.MESSAGE);
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
