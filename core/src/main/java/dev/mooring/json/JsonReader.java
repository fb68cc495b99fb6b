// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.json;

import java.math.BigDecimal;
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
 * <p>Strict as RFC 8259, with limits: {@value #MAX_DEPTH} levels, {@value #MAX_NUMBER_LENGTH} characters in a number. Of
 * a name that an object holds twice, {@link #nextValue} keeps the last.
 */
public final class JsonReader {

    private static final int MAX_DEPTH = 512;
    private static final int MAX_NUMBER_LENGTH = 400;
    private static final char END = '\uffff';

    private final String text;
    private int position;
    private int depth;
    /** Whether the innermost open array or object has not been asked for its first element yet. */
    private boolean first;

    /**
     * Reads a text.
     *
     * @param text the JSON text
     */
    public JsonReader(String text) {
        this.text = text;
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
        expect(':', "':'");
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
        expect('"', "a string");
        int start = position;
        for (char c; (c = character()) != '"'; ) {
            if (c == '\\') {
                position--;
                return unescape(start);
            }
        }
        return text.substring(start, position - 1);
    }

    /**
     * Reads a string or null.
     *
     * @return the string, or null where the value is null
     * @throws JsonException if the next value is neither
     */
    public @Nullable String nextStringOrNull() {
        if (peek() == 'n') {
            literal("null");
            return null;
        }
        return nextString();
    }

    /**
     * Reads any value as a string, as API Gateway passes authorizer context and selects routes: a string as it is,
     * numbers and booleans by their text.
     *
     * @return the text; null where the value is null
     * @throws JsonException if the next value is an array or object
     */
    public @Nullable String nextScalar() {
        char c = peek();
        if (c == '{' || c == '[') {
            throw error("Expected a string, number, boolean or null");
        }
        if (c == '"') {
            return nextString();
        }
        int start = position;
        return nextValue() == null ? null : text.substring(start, position);
    }

    /**
     * Reads a whole number.
     *
     * @return the number
     * @throws JsonException if the next value is none, or out of a long's range
     */
    public long nextLong() {
        peek();
        if (nextValue() instanceof Long number) {
            return number;
        }
        throw error("Expected a whole number before");
    }

    /**
     * Reads a boolean.
     *
     * @return the boolean
     * @throws JsonException if the next value is none
     */
    public boolean nextBoolean() {
        char c = peek();
        if (c != 't' && c != 'f') {
            throw error("Expected true or false");
        }
        literal(c == 't' ? "true" : "false");
        return c == 't';
    }

    /**
     * Reads past a value.
     *
     * @throws JsonException if the text is not JSON
     */
    public void skipValue() {
        nextValue();
    }

    /**
     * Reads any value.
     *
     * @return a {@code Map<String, Object>} or {@code List<Object>} (unmodifiable, in the order of the text), String,
     *     Long, BigDecimal, Boolean or null
     * @throws JsonException if the text is not JSON
     */
    public @Nullable Object nextValue() {
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> nextString();
            case 't', 'f' -> nextBoolean();
            case 'n' -> literal("null");
            default -> number();
        };
    }

    /**
     * Checks that nothing follows.
     *
     * @throws JsonException if something does
     */
    public void end() {
        peek();
        if (position < text.length()) {
            throw error("Unexpected text");
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
        expect(bracket, expected);
        if (++depth > MAX_DEPTH) {
            throw error("More than " + MAX_DEPTH + " levels");
        }
        first = true;
    }

    private boolean nextElement(char bracket) {
        if (peek() == bracket) {
            position++;
            depth--;
            first = false;
            return false;
        }
        if (!first) {
            expect(',', "',' or '" + bracket + "'");
            if (peek() == bracket) {
                throw error("Expected a value");
            }
        }
        first = false;
        return true;
    }

    private String unescape(int start) {
        StringBuilder string = new StringBuilder().append(text, start, position);
        for (char c; (c = character()) != '"'; ) {
            string.append(c == '\\' ? escape() : c);
        }
        return string.toString();
    }

    private char escape() {
        char c = character();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw error("Unknown escape");
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = character();
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw error("Expected four hexadecimal digits");
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    /** The next character of a string. */
    private char character() {
        if (position == text.length() || text.charAt(position) < ' ') {
            throw error("Unterminated string, or a control character in it,");
        }
        return text.charAt(position++);
    }

    private Object number() {
        int start = position;
        skip('-');
        if (!skip('0')) {
            digits();
        }
        boolean whole = true;
        if (skip('.')) {
            whole = false;
            digits();
        }
        if (skip('e') || skip('E')) {
            whole = false;
            if (!skip('+')) {
                skip('-');
            }
            digits();
        }
        String number = text.substring(start, position);
        if (number.length() > MAX_NUMBER_LENGTH) {
            throw error("A number longer than " + MAX_NUMBER_LENGTH + " characters");
        }
        try {
            return whole && number.length() < 19 ? (Object) Long.valueOf(number) : exact(number);
        } catch (NumberFormatException e) {
            throw error("A number out of range");
        }
    }

    private static Object exact(String number) {
        BigDecimal value = new BigDecimal(number);
        boolean isLong = number.indexOf('.') < 0
                && value.scale() == 0
                && value.unscaledValue().bitLength() < Long.SIZE;
        return isLong ? value.longValueExact() : value;
    }

    private void digits() {
        int start = position;
        while (at(position) >= '0' && at(position) <= '9') {
            position++;
        }
        if (position == start) {
            throw error("Expected a value");
        }
    }

    private boolean skip(char c) {
        boolean found = at(position) == c;
        if (found) {
            position++;
        }
        return found;
    }

    private @Nullable Object literal(String literal) {
        peek();
        if (!text.startsWith(literal, position)) {
            throw error("Expected " + literal);
        }
        position += literal.length();
        return null;
    }

    private void expect(char c, String expected) {
        if (peek() != c || position == text.length()) {
            throw error("Expected " + expected);
        }
        position++;
    }

    /** The next character that is no white space, which stays unread. */
    private char peek() {
        while (true) {
            char c = at(position);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c;
            }
            position++;
        }
    }

    private char at(int index) {
        return index < text.length() ? text.charAt(index) : END;
    }

    private JsonException error(String problem) {
        return new JsonException(problem, position);
    }
}
