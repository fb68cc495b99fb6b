// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.json;

import dev.mooring.Seeded;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.IntStream;

/** Writes random JSON texts, in all the ways that the grammar leaves open, and damages them. */
final class RandomJson {

    private static final String DAMAGE = "{}[]\",:\\ \n\t\0-+.eE0123456789abfnrtu/'#\u00e4\u2028\ufeff\uffff";
    private static final String[] NUMBERS = {
        "0",
        "-0",
        "-1",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "999999999999999999",
        "1000000000000000000",
        "0.10",
        "1e2",
        "1E+2",
        "12.50e-3",
        "0e0",
        "-0.0",
        "1e308",
        "4.9e-324",
        "123456789012345678901234567890.5",
    };

    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    String document() {
        StringBuilder json = new StringBuilder();
        value(json, random.nextInt(6));
        return json.toString();
    }

    /** One to three characters lost, inserted or replaced. */
    String damaged(String text) {
        int[] damaged = text.codePoints().toArray();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(damaged.length + 1);
            IntStream before = Arrays.stream(damaged, 0, at);
            IntStream after = Arrays.stream(damaged, Math.min(at + random.nextInt(2), damaged.length), damaged.length);
            IntStream between = random.nextInt(3) == 0 ? IntStream.empty() : IntStream.of(oneOf(DAMAGE));
            damaged = IntStream.concat(before, IntStream.concat(between, after)).toArray();
        }
        return new String(damaged, 0, damaged.length);
    }

    private char oneOf(String characters) {
        return characters.charAt(random.nextInt(characters.length()));
    }

    private void value(StringBuilder json, int depth) {
        space(json);
        switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> json.append(random.nextBoolean() ? "true" : "false");
            case 1 -> json.append("null");
            case 2 -> json.append(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 3 -> json.append(random.nextInt());
            case 4 -> string(json);
            case 5, 6 -> object(json, depth - 1);
            default -> array(json, depth - 1);
        }
        space(json);
    }

    private void space(StringBuilder json) {
        while (random.nextInt(4) == 0) {
            json.append(oneOf(" \t\r\n"));
        }
    }

    private void array(StringBuilder json, int depth) {
        json.append('[');
        space(json);
        for (int i = 0, length = random.nextInt(4); i < length; i++) {
            json.append(i == 0 ? "" : ",");
            value(json, depth);
        }
        json.append(']');
    }

    private void object(StringBuilder json, int depth) {
        json.append('{');
        space(json);
        for (int i = 0, length = random.nextInt(4); i < length; i++) {
            json.append(i == 0 ? "" : ",");
            space(json);
            string(json);
            space(json);
            json.append(':');
            value(json, depth);
        }
        json.append('}');
    }

    private void string(StringBuilder json) {
        json.append('"');
        Seeded.text(random, 4).codePoints().forEach(character -> {
            if (character == '"' || character == '\\' || random.nextInt(8) == 0) {
                escape(json, character);
            } else {
                json.appendCodePoint(character);
            }
        });
        json.append('"');
    }

    private void escape(StringBuilder json, int character) {
        if (random.nextInt(4) == 0) {
            json.append('\\').append(oneOf("\"\\/bfnrt"));
            return;
        }
        HexFormat hex = random.nextBoolean() ? HexFormat.of() : HexFormat.of().withUpperCase();
        for (char c : Character.toChars(character)) {
            json.append("\\u").append(hex.toHexDigits(c));
        }
    }
}
