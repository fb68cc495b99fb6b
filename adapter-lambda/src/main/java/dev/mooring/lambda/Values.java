// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON values of events as what they are wanted as; null and what does not fit counts as missing. */
final class Values {

    private Values() {}

    /** Text as it is, numbers and booleans by their text, anything deeper as JSON; empty for null. */
    static String text(@Nullable Object value) {
        if (value instanceof Map || value instanceof List) {
            return Json.write(value);
        }
        return value == null ? "" : value.toString();
    }

    static Map<String, String> texts(@Nullable Object value) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (var member : members(value)) {
            if (member.getValue() != null) {
                texts.put(text(member.getKey()), text(member.getValue()));
            }
        }
        return texts;
    }

    /** An object whose members are lists of text; a single text is a list of one. */
    static Map<String, List<String>> lists(@Nullable Object value) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (var member : members(value)) {
            List<String> list = list(member.getValue());
            if (!list.isEmpty()) {
                lists.put(text(member.getKey()), list);
            }
        }
        return lists;
    }

    private static Iterable<? extends Map.Entry<?, ? extends @Nullable Object>> members(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map.entrySet() : List.of();
    }

    private static List<String> list(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        List<String> list = new ArrayList<>();
        for (Object element : value instanceof List<?> elements ? elements : List.of(value)) {
            if (element != null) {
                list.add(text(element));
            }
        }
        return list;
    }
}
