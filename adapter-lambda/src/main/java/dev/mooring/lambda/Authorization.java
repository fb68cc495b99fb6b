// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an {@link Authorizer} decided. Immutable. */
public final class Authorization {

    /** Amazon API Gateway Developer Guide, page limits: the size of an authorizer's result. */
    private static final int MAX_BYTES = 8 * 1024;

    private static final Authorization UNAUTHORIZED = new Authorization(null, "", Map.of());

    private final @Nullable String effect;
    private final String principalId;
    private final Map<String, String> context;

    private Authorization(@Nullable String effect, String principalId, Map<String, String> context) {
        this.effect = effect;
        this.principalId = principalId;
        this.context = context;
    }

    /**
     * The client may connect.
     *
     * @param principalId who it is, not empty
     * @return the decision
     * @throws IllegalArgumentException if the id is empty
     */
    public static Authorization allow(String principalId) {
        return allow(principalId, Map.of());
    }

    /**
     * The client may connect, and every later event knows this of it.
     *
     * @param principalId who it is, not empty
     * @param context values by name, about 8 KB with everything; {@link dev.mooring.Handshake#authorizer} has them and
     *     {@code principalId}
     * @return the decision
     * @throws IllegalArgumentException if the id is empty
     */
    public static Authorization allow(String principalId, Map<String, String> context) {
        if (principalId.isEmpty()) {
            throw new IllegalArgumentException("A principal id must not be empty.");
        }
        return new Authorization("Allow", principalId, Map.copyOf(context));
    }

    /**
     * The client may not connect: it gets status 403.
     *
     * @return the decision
     */
    public static Authorization deny() {
        return new Authorization("Deny", "denied", Map.of());
    }

    /**
     * The client did not say who it is, or not credibly: it gets status 401.
     *
     * @return the decision
     */
    public static Authorization unauthorized() {
        return UNAUTHORIZED;
    }

    /**
     * The answer to API Gateway.
     *
     * @throws UnauthorizedException if that is the answer
     */
    String toJson(String methodArn) {
        if (effect == null) {
            throw new UnauthorizedException();
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("principalId", principalId);
        answer.put("policyDocument", policy(effect, methodArn));
        if (!context.isEmpty()) {
            answer.put("context", context);
        }
        String json = Json.write(answer);
        int size = json.getBytes(StandardCharsets.UTF_8).length;
        if (size > MAX_BYTES) {
            throw new IllegalArgumentException("The authorizer's answer has " + size
                    + " bytes, and API Gateway takes at most " + MAX_BYTES + ": put less into the context.");
        }
        return json;
    }

    private static Map<String, Object> policy(String effect, String methodArn) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Action", "execute-api:Invoke");
        statement.put("Effect", effect);
        statement.put("Resource", methodArn);
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("Version", "2012-10-17");
        policy.put("Statement", List.of(statement));
        return policy;
    }
}
