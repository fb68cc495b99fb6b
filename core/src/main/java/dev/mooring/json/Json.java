// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whole values from JSON text and back. Thread-safe. */
public final class Json {

    private Json() {}

    /**
     * Reads a JSON text.
     *
     * @param text the text
     * @return a {@code Map<String, Object>} or {@code List<Object>} (unmodifiable, in the order of the text), String,
     *     Long (a number without fraction and exponent, in a long's range), BigDecimal (any other), Boolean or null
     * @throws JsonException if it is not JSON, or beyond the limits of {@link JsonReader}
     */
    public static @Nullable Object parse(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.nextValue();
        reader.end();
        return value;
    }

    /**
     * Writes a value as JSON, without white space.
     *
     * @param value a Map with String keys, an Iterable, CharSequence, Number, Boolean or null, and so on within
     * @return the text
     * @throws IllegalArgumentException if a value is of another type, or a number is not finite
     */
    public static String write(@Nullable Object value) {
        StringBuilder json = new StringBuilder();
        write(json, value);
        return json.toString();
    }

    private static void write(StringBuilder json, @Nullable Object value) {
        if (value instanceof CharSequence string) {
            writeString(json, string);
        } else if (value instanceof Map<?, ?> map) {
            writeObject(json, map);
        } else if (value instanceof Iterable<?> elements) {
            writeArray(json, elements);
        } else if (value == null || value instanceof Boolean || isFinite(value)) {
            json.append(value);
        } else {
            throw new IllegalArgumentException("JSON has no form for "
                    + (value instanceof Number ? value : value.getClass().getName()) + ".");
        }
    }

    private static boolean isFinite(Object value) {
        return (value instanceof Number number && Double.isFinite(number.doubleValue()))
                || value instanceof BigDecimal
                || value instanceof BigInteger;
    }

    private static void writeObject(StringBuilder json, Map<?, ?> map) {
        char separator = '{';
        for (var entry : map.entrySet()) {
            json.append(separator);
            if (!(entry.getKey() instanceof CharSequence name)) {
                throw new IllegalArgumentException("A name in a JSON object must be a string.");
            }
            writeString(json, name);
            json.append(':');
            write(json, entry.getValue());
            separator = ',';
        }
        json.append(separator == '{' ? "{}" : "}");
    }

    private static void writeArray(StringBuilder json, Iterable<?> elements) {
        char separator = '[';
        for (Object element : elements) {
            json.append(separator);
            write(json, element);
            separator = ',';
        }
        json.append(separator == '[' ? "[]" : "]");
    }

    private static void writeString(StringBuilder json, CharSequence string) {
        json.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            boolean pair = i + 1 < string.length() && Character.isSurrogatePair(c, string.charAt(i + 1));
            if (pair) {
                json.append(c).append(string.charAt(++i));
            } else {
                writeCharacter(json, c);
            }
        }
        json.append('"');
    }

    private static void writeCharacter(StringBuilder json, char c) {
        switch (c) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                // an unpaired surrogate has no form in UTF-8 but this
                if (c < ' ' || Character.isSurrogate(c)) {
                    json.append("\\u").append(HexFormat.of().toHexDigits(c));
                } else {
                    json.append(c);
                }
            }
        }
    }
}
