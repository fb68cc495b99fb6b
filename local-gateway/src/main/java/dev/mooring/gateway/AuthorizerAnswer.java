// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import dev.mooring.json.Json;
import dev.mooring.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an authorizer answered: {@code {"principalId":"…","policyDocument":{…},"context":{…}}}.
 *
 * @param context what events show: the principal and the context, as text
 */
record AuthorizerAnswer(Policy policy, Map<String, String> context) {

    private static final System.Logger LOG = System.getLogger(AuthorizerAnswer.class.getPackageName());

    /** Reads an answer; null where API Gateway takes it for a failure. */
    static @Nullable AuthorizerAnswer parse(Event event, String text) {
        AuthorizerAnswer answer = parse(text);
        if (answer == null) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "The answer to the " + event
                            + " is not {\"principalId\": \"text\", \"policyDocument\": {\"Version\": \"2012-10-17\","
                            + " \"Statement\": [...]}, \"context\": {texts, numbers and booleans}} of up to 8 KB");
        }
        return answer;
    }

    private static @Nullable AuthorizerAnswer parse(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > Limits.AUTHORIZATION) {
            return null;
        }
        try {
            return Json.parse(text) instanceof Map<?, ?> answer ? of(answer) : null;
        } catch (JsonException e) {
            return null;
        }
    }

    private static @Nullable AuthorizerAnswer of(Map<?, ?> answer) {
        Policy policy = Policy.of(answer.get("policyDocument"));
        Map<String, String> context = texts(answer.get("context"));
        if (policy == null || context == null || !(answer.get("principalId") instanceof String principalId)) {
            return null;
        }
        context.put("principalId", principalId);
        return new AuthorizerAnswer(policy, context);
    }

    private static @Nullable Map<String, String> texts(@Nullable Object context) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (context instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Object value = entry.getValue();
                if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
                    return null;
                }
                texts.put((String) entry.getKey(), value.toString());
            }
        }
        return context == null || context instanceof Map ? texts : null;
    }
}
