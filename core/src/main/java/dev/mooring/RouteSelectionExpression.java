// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import dev.mooring.json.Json;
import dev.mooring.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A route selection expression of API Gateway: which part of a message names its route. Immutable.
 *
 * <p>{@code $request.body.action} takes a member of the JSON body, {@code $request.body.a['b'][0]} goes deeper, {@code
 * ${request.body.service}/${request.body.action}} puts several together, any other text is a route key as it stands
 * ({@code \$default} for {@code $default}). A missing value is the empty text; numbers and booleans count by their text
 * (with an exponent as in {@code 1E+2}), an array as {@code [item1, item2]}. Source: AWS, "Create routes for WebSocket
 * APIs in API Gateway", and what is seen of its behaviour.
 */
public final class RouteSelectionExpression {

    private static final Pattern VARIABLE = Pattern.compile(
            "\\$request\\.body(?<bare>[^/$ ]*)|\\$\\{request\\.body(?<braced>[^}]*)}|\\\\\\$|[^$\\\\]+");
    private static final Pattern STEP =
            Pattern.compile("\\.(?<name>[^.\\[\\]]+)|\\['(?<quoted>[^']+)']|\\[(?<index>[0-9]{1,9})]");

    /** Literal text, or the steps of a path. */
    private final List<Object> parts;

    private RouteSelectionExpression(List<Object> parts) {
        this.parts = parts;
    }

    /**
     * Reads an expression.
     *
     * @param expression the text, as in the API's {@code RouteSelectionExpression}
     * @return the expression
     * @throws IllegalArgumentException if it is none
     */
    public static RouteSelectionExpression parse(String expression) {
        List<Object> parts = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(expression);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            String path = matcher.group("bare") != null ? matcher.group("bare") : matcher.group("braced");
            parts.add(path == null ? matcher.group().replace("\\$", "$") : steps(path, expression));
        }
        if (expression.isEmpty() || end < expression.length()) {
            throw invalid(expression);
        }
        return new RouteSelectionExpression(List.copyOf(parts));
    }

    private static List<Object> steps(String path, String expression) {
        List<Object> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            String name = matcher.group("name") != null ? matcher.group("name") : matcher.group("quoted");
            steps.add(name != null ? name : Integer.valueOf(matcher.group("index")));
        }
        if (steps.isEmpty() || end < path.length()) {
            throw invalid(expression);
        }
        return List.copyOf(steps);
    }

    private static IllegalArgumentException invalid(String expression) {
        return new IllegalArgumentException("Not a route selection expression: " + expression
                + ". Write $request.body.<path>, several as ${request.body.<path>}, or a fixed route key;"
                + " a path has .names, ['names'] and [indexes].");
    }

    /**
     * Applies the expression to a message.
     *
     * @param body the message
     * @return the text that a route key is compared with; {@code $default} where the expression needs a JSON body and
     *     there is none
     */
    public String select(String body) {
        @Nullable Object json = null;
        try {
            if (readsBody()) {
                json = Json.parse(body);
            }
        } catch (JsonException e) {
            return "$default";
        }
        StringBuilder selected = new StringBuilder();
        for (Object part : parts) {
            selected.append(part instanceof List<?> steps ? text(walk(json, steps)) : part);
        }
        return selected.toString();
    }

    private boolean readsBody() {
        for (Object part : parts) {
            if (part instanceof List) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Object walk(@Nullable Object json, List<?> steps) {
        @Nullable Object value = json;
        for (Object step : steps) {
            if (value instanceof Map<?, ?> map) {
                value = map.get(step);
            } else if (value instanceof List<?> list && step instanceof Integer index && index < list.size()) {
                value = list.get(index);
            } else {
                return null;
            }
        }
        return value;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value instanceof Map ? Json.write(value) : value.toString();
    }
}
