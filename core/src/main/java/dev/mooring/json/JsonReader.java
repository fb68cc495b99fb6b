// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON piece by piece, so that only what is wanted is built. Not thread-safe.
 *
 * <pre>{@code
 * JsonReader json = new JsonReader(text);
 * json.beginObject();
 * for (String name; (name = json.nextName()) != null; ) {
 *     switch (name) {
 *         case "room" -> room = json.nextString();
 *         default -> json.skipValue();
 *     }
 * }
 * json.end();
 * }</pre>
 *
 * <p>Strict as RFC 8259, with limits: {@value #MAX_DEPTH} levels, {@value JsonScanner#MAX_NUMBER_LENGTH} characters in a
 * number, {@value JsonScanner#MAX_SCALE} decimal places in it or zeros added by its exponent. Of a name that an object
 * holds twice, {@link #nextValue} keeps the last value. Unpaired surrogates in strings stay as they are.
 */
public final class JsonReader {

    private static final int MAX_DEPTH = 512;

    private final JsonScanner scanner;
    private int depth;
    /** Whether the innermost open array or object has not been asked for its first element yet. */
    private boolean first;

    /**
     * Reads a text.
     *
     * @param text the JSON text
     */
    public JsonReader(String text) {
        scanner = new JsonScanner(text);
    }

    /**
     * Enters an object; {@link #nextName} follows.
     *
     * @throws JsonException if the next value is none
     */
    public void beginObject() {
        begin('{', "an object");
    }

    /**
     * Goes to the next member of the object that was entered last, or leaves it.
     *
     * @return the member's name, its value comes next; null at the end of the object
     * @throws JsonException if the text is not JSON
     */
    public @Nullable String nextName() {
        if (!nextElement('}')) {
            return null;
        }
        String name = nextString();
        scanner.expect(':', "':'");
        return name;
    }

    /**
     * Enters an array; {@link #nextElement} follows.
     *
     * @throws JsonException if the next value is none
     */
    public void beginArray() {
        begin('[', "an array");
    }

    /**
     * Goes to the next element of the array that was entered last, or leaves it.
     *
     * @return true if an element comes next, false at the end of the array
     * @throws JsonException if the text is not JSON
     */
    public boolean nextElement() {
        return nextElement(']');
    }

    /**
     * Reads a string.
     *
     * @return the string
     * @throws JsonException if the next value is none
     */
    public String nextString() {
        return scanner.string();
    }

    /**
     * Reads past a null, if that is the next value.
     *
     * @return whether it was
     * @throws JsonException if the text is not JSON
     */
    public boolean skipNull() {
        if (scanner.peek() != 'n') {
            return false;
        }
        scanner.literal("null");
        return true;
    }

    /**
     * Reads a string or null.
     *
     * @return the string, or null where the value is null
     * @throws JsonException if the next value is neither
     */
    public @Nullable String nextStringOrNull() {
        return skipNull() ? null : nextString();
    }

    /**
     * Reads any value as a string, as API Gateway passes authorizer context and selects routes: a string as it is,
     * numbers and booleans by their text.
     *
     * @return the text; null where the value is null
     * @throws JsonException if the next value is an array or object
     */
    public @Nullable String nextScalar() {
        char c = scanner.peek();
        if (c == '{' || c == '[') {
            throw scanner.error("Expected a string, number, boolean or null");
        }
        if (c == '"') {
            return nextString();
        }
        int start = scanner.position();
        return nextValue() == null ? null : scanner.since(start);
    }

    /**
     * Reads a whole number.
     *
     * @return the number
     * @throws JsonException if the next value is none, or out of a long's range
     */
    public long nextLong() {
        char c = scanner.peek();
        int start = scanner.position();
        if ((c == '-' || (c >= '0' && c <= '9')) && scanner.number() instanceof Long number) {
            return number;
        }
        throw JsonScanner.error("Expected a whole number", start);
    }

    /**
     * Reads a boolean.
     *
     * @return the boolean
     * @throws JsonException if the next value is none
     */
    public boolean nextBoolean() {
        char c = scanner.peek();
        if (c != 't' && c != 'f') {
            throw scanner.error("Expected true or false");
        }
        scanner.literal(c == 't' ? "true" : "false");
        return c == 't';
    }

    /**
     * Reads past a value.
     *
     * @throws JsonException if the text is not JSON
     */
    public void skipValue() {
        switch (scanner.peek()) {
            case '{' -> {
                beginObject();
                while (nextName() != null) {
                    skipValue();
                }
            }
            case '[' -> {
                beginArray();
                while (nextElement()) {
                    skipValue();
                }
            }
            default -> nextValue();
        }
    }

    /**
     * Reads any value.
     *
     * @return a {@code Map<String, Object>} or {@code List<Object>} (unmodifiable, in the order of the text), String,
     *     Long (a number without fraction and exponent, in a long's range), BigDecimal (any other), Boolean or null
     * @throws JsonException if the text is not JSON
     */
    public @Nullable Object nextValue() {
        return switch (scanner.peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> nextString();
            case 't', 'f' -> nextBoolean();
            case 'n' -> nextStringOrNull();
            default -> scanner.number();
        };
    }

    /**
     * Checks that nothing follows.
     *
     * @throws JsonException if something does, or an array or object that was entered has not been left
     */
    public void end() {
        scanner.peek();
        if (!scanner.isAtEnd()) {
            throw scanner.error("Unexpected text");
        }
        if (depth > 0) {
            throw scanner.error("Unclosed array or object");
        }
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        beginObject();
        for (String name; (name = nextName()) != null; ) {
            members.put(name, nextValue());
        }
        return Collections.unmodifiableMap(members);
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> elements = new ArrayList<>();
        beginArray();
        while (nextElement()) {
            elements.add(nextValue());
        }
        return Collections.unmodifiableList(elements);
    }

    private void begin(char bracket, String expected) {
        scanner.expect(bracket, expected);
        if (++depth > MAX_DEPTH) {
            throw JsonScanner.error("More than " + MAX_DEPTH + " levels", scanner.position() - 1);
        }
        first = true;
    }

    private boolean nextElement(char bracket) {
        scanner.peek();
        boolean closed = scanner.skip(bracket);
        if (closed) {
            depth--;
        } else if (!first) {
            scanner.expect(',', "',' or '" + bracket + "'");
        }
        first = false;
        return !closed;
    }
}
