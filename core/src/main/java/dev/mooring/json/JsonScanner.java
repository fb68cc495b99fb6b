// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.json;

import java.math.BigDecimal;

/** Goes through the characters of a JSON text, and reads what holds no other value: strings, numbers, literals. */
final class JsonScanner {

    static final int MAX_NUMBER_LENGTH = 400;

    /** Beyond it, a few characters would stand for a number that takes gigabytes to write out. */
    static final int MAX_SCALE = 1000;

    /** How many characters surely fit into a long. */
    private static final int LONG_LENGTH = 18;

    private static final char END = '\uffff';

    private final String text;
    private int position;

    JsonScanner(String text) {
        this.text = text;
    }

    /** The next character that is no white space, which stays unread. */
    char peek() {
        while (true) {
            char c = at(position);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c;
            }
            position++;
        }
    }

    int position() {
        return position;
    }

    boolean isAtEnd() {
        return position == text.length();
    }

    /** What was read since that position. */
    String since(int start) {
        return text.substring(start, position);
    }

    void expect(char c, String expected) {
        if (peek() != c) {
            throw error("Expected " + expected);
        }
        position++;
    }

    void literal(String literal) {
        if (!text.startsWith(literal, position)) {
            throw error("Expected " + literal);
        }
        position += literal.length();
    }

    String string() {
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
            default -> throw error("Unknown escape", position - 1);
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = character();
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw error("Expected four hexadecimal digits", position - 1);
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    /** The next character of a string. */
    private char character() {
        if (position == text.length()) {
            throw error("Unterminated string");
        }
        char c = text.charAt(position);
        if (c < ' ') {
            throw error("Control character in a string");
        }
        position++;
        return c;
    }

    /** A Long, or a BigDecimal where the number has a fraction or an exponent, or is out of a long's range. */
    Object number() {
        int start = position;
        skip('-');
        if (!skip('0')) {
            digits(start);
        }
        boolean whole = true;
        if (skip('.')) {
            whole = false;
            digits(start);
        }
        if (skip('e') || skip('E')) {
            whole = false;
            if (!skip('+')) {
                skip('-');
            }
            digits(start);
        }
        if (position - start > MAX_NUMBER_LENGTH) {
            throw error("A number longer than " + MAX_NUMBER_LENGTH + " characters", start);
        }
        String number = since(start);
        return whole && number.length() <= LONG_LENGTH ? Long.valueOf(number) : exact(number, whole, start);
    }

    private Object exact(String number, boolean whole, int start) {
        try {
            BigDecimal value = new BigDecimal(number);
            if (whole && value.unscaledValue().bitLength() < Long.SIZE) {
                return value.longValueExact();
            }
            if (value.scale() <= MAX_SCALE && value.scale() >= -MAX_SCALE) {
                return value;
            }
        } catch (NumberFormatException e) {
            // the exponent is no int
        }
        throw error("A number out of range", start);
    }

    private void digits(int startOfNumber) {
        int start = position;
        while (at(position) >= '0' && at(position) <= '9') {
            position++;
        }
        if (position == start) {
            throw error(start == startOfNumber ? "Expected a value" : "Expected a digit");
        }
    }

    /** Goes past the next character if it is this one. */
    boolean skip(char c) {
        boolean found = at(position) == c;
        if (found) {
            position++;
        }
        return found;
    }

    private char at(int index) {
        return index < text.length() ? text.charAt(index) : END;
    }

    JsonException error(String problem) {
        return error(problem, position);
    }

    static JsonException error(String problem, int position) {
        return new JsonException(problem, position);
    }
}
