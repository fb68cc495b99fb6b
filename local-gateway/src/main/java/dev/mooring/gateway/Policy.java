// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An IAM policy document, as far as an authorizer needs one: what is not allowed is denied, and a denial wins. */
final class Policy {

    private static final String ACTION = "execute-api:Invoke";

    private final List<?> statements;

    private Policy(List<?> statements) {
        this.statements = statements;
    }

    /** The policy of a document; null if it is none. */
    static @Nullable Policy of(@Nullable Object document) {
        List<?> statements = document instanceof Map<?, ?> map ? list(map.get("Statement")) : List.of();
        boolean complete = !statements.isEmpty() && statements.stream().allMatch(Policy::isStatement);
        return complete ? new Policy(statements) : null;
    }

    private static boolean isStatement(@Nullable Object statement) {
        return statement instanceof Map<?, ?> map
                && ("Allow".equals(map.get("Effect")) || "Deny".equals(map.get("Effect")))
                && areTexts(map.get("Action"))
                && areTexts(map.get("Resource"));
    }

    private static boolean areTexts(@Nullable Object value) {
        return !list(value).isEmpty() && list(value).stream().allMatch(String.class::isInstance);
    }

    /** A value that may stand alone or in a list. */
    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    }

    boolean allows(String arn) {
        return has("Allow", arn) && !has("Deny", arn);
    }

    private boolean has(String effect, String arn) {
        return statements.stream()
                .map(statement -> (Map<?, ?>) statement)
                .anyMatch(statement -> effect.equals(statement.get("Effect"))
                        && matches(statement.get("Action"), ACTION, Pattern.CASE_INSENSITIVE)
                        && matches(statement.get("Resource"), arn, 0));
    }

    private static boolean matches(@Nullable Object patterns, String text, int flags) {
        return list(patterns).stream().anyMatch(pattern -> Pattern.compile(regex((String) pattern), flags)
                .matcher(text)
                .matches());
    }

    /** {@code *} stands for any text and {@code ?} for any character. */
    private static String regex(String pattern) {
        return Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    }
}
