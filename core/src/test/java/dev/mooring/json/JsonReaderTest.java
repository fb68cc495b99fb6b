// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @Test
    void anObjectIsReadMemberByMember() {
        JsonReader json =
                new JsonReader(" { \"room\" : \"lobby\", \"x\":[{\"y\":[]}], \"n\":7, \"b\":true, \"s\":null } ");
        List<Object> read = new ArrayList<>();
        json.beginObject();
        for (String name; (name = json.nextName()) != null; ) {
            read.add(name);
            switch (name) {
                case "room" -> read.add(json.nextString());
                case "n" -> read.add(json.nextLong());
                case "b" -> read.add(json.nextBoolean());
                case "s" -> read.add(json.nextStringOrNull());
                default -> json.skipValue();
            }
        }
        json.end();
        assertThat(read).containsExactly("room", "lobby", "x", "n", 7L, "b", true, "s", null);
    }

    @Test
    void arraysNest() {
        JsonReader json = new JsonReader("[[1,2],[],[3]]");
        List<Long> read = new ArrayList<>();
        json.beginArray();
        while (json.nextElement()) {
            json.beginArray();
            while (json.nextElement()) {
                read.add(json.nextLong());
            }
        }
        json.end();
        assertThat(read).containsExactly(1L, 2L, 3L);
    }

    @Test
    void anyValueCanBeTakenWhole() {
        JsonReader json = new JsonReader("{\"a\":{\"b\":[1]},\"c\":2}");
        json.beginObject();
        assertThat(json.nextName()).isEqualTo("a");
        assertThat(Json.write(json.nextValue())).isEqualTo("{\"b\":[1]}");
        assertThat(json.nextName()).isEqualTo("c");
        json.skipValue();
        assertThat(json.nextName()).isNull();
        json.end();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "'\"a\\u0062\"', ab",
                "1.50, 1.50",
                "-0, -0",
                "1e2, 1e2",
                "true, true",
                "false, false",
                "null, none",
                "'\"null\"', null",
            })
    void aScalarIsReadByItsText(String text, String scalar) {
        JsonReader json = new JsonReader(" " + text + " ");
        assertThat(json.nextScalar()).isEqualTo(scalar);
        json.end();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBooleanIsTrueOrFalse(boolean value) {
        assertThat(new JsonReader(" " + value).nextBoolean()).isEqualTo(value);
        assertThat(Json.parse(" " + value)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "-9223372036854775808", "0"})
    void aWholeNumberHasALongsRange(String number) {
        assertThat(new JsonReader(number).nextLong()).isEqualTo(Long.parseLong(number));
    }

    @Test
    void whatIsNotAsExpectedIsSaidWithItsPlace() {
        assertRefused(" [", JsonReader::beginObject, "Expected an object at character 1");
        assertRefused(" {", JsonReader::beginArray, "Expected an array at character 1");
        assertRefused(" 1", JsonReader::nextString, "Expected a string at character 1");
        assertRefused("  1", JsonReader::nextStringOrNull, "Expected a string at character 2");
        assertRefused(" nul", JsonReader::nextStringOrNull, "Expected null at character 1");
        assertRefused(" []", JsonReader::nextScalar, "Expected a string, number, boolean or null at character 1");
        assertRefused(" {}", JsonReader::nextScalar, "Expected a string, number, boolean or null at character 1");
        assertRefused(" nil", JsonReader::nextScalar, "Expected null at character 1");
        for (String text : List.of("1.0", "1e0", "9223372036854775808", "\"1\"", "true", "null", "[1]", "{}", "x")) {
            assertRefused(" " + text, JsonReader::nextLong, "Expected a whole number at character 1");
        }
        assertRefused(" \"true\"", JsonReader::nextBoolean, "Expected true or false at character 1");
        assertRefused(" falsy", JsonReader::nextBoolean, "Expected false at character 1");
        assertRefused(" t", JsonReader::nextValue, "Expected true at character 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                 | Expected a value at character 0",
                "'  '               | Expected a value at character 2",
                "'[1,'              | Expected a value at character 3",
                "'[1, ]'            | Expected a value at character 4",
                "'[,1]'             | Expected a value at character 1",
                "'[1 2]'            | Expected ',' or ']' at character 3",
                "'[1'               | Expected ',' or ']' at character 2",
                "'{\"a\":1 \"b\"}'  | Expected ',' or '}' at character 7",
                "'{\"a\":1,}'       | Expected a string at character 7",
                "'{a:1}'            | Expected a string at character 1",
                "'{\"a\" 1}'        | Expected ':' at character 5",
                "'{\"a\":}'         | Expected a value at character 5",
                "'nuLL'             | Expected null at character 0",
                "'[tru]'            | Expected true at character 1",
                "'\"secret'         | Unterminated string at character 7",
                "'\"secret\\'       | Unterminated string at character 8",
                "'\"secret\\u12'    | Unterminated string at character 11",
                "'\"secret\\x\"'    | Unknown escape at character 8",
                "'\"secret\\u12x4\"'| Expected four hexadecimal digits at character 11",
                "'-'                | Expected a digit at character 1",
                "'[1.]'             | Expected a digit at character 3",
                "'1e+'              | Expected a digit at character 3",
                "'01'               | Unexpected text at character 1",
                "'[] secret'        | Unexpected text at character 3",
                "'\ufeff{}'         | Expected a value at character 0",
            })
    void anErrorSaysWhereAndRepeatsNothing(String text, String message) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(JsonException.class)
                .hasMessage(message);
    }

    @Test
    void aControlCharacterInAStringIsFoundWhereItIs() {
        assertRefused("[\"secret\n\"]", JsonReader::skipValue, "Control character in a string at character 8");
        assertRefused("[\"\\n\0\"]", JsonReader::nextValue, "Control character in a string at character 4");
    }

    @Test
    void callsThatDoNotFitTheTextAreRefused() {
        assertRefused("{\"a\":1}", JsonReader::nextName, "Expected ',' or '}' at character 0");
        assertRefused(
                "{\"a\":1}",
                json -> {
                    json.beginObject();
                    json.nextName();
                    json.nextName();
                },
                "Expected ',' or '}' at character 5");
        assertRefused(
                "{\"a\":1}",
                json -> {
                    json.beginObject();
                    json.nextName();
                    json.skipValue();
                    json.end();
                },
                "Unexpected text at character 6");
        assertRefused(
                "[1",
                json -> {
                    json.beginArray();
                    json.nextElement();
                    json.skipValue();
                    json.end();
                },
                "Unclosed array or object at character 2");
        assertRefused(
                "1 2",
                json -> {
                    json.nextLong();
                    json.end();
                },
                "Unexpected text at character 2");
    }

    private static void assertRefused(String text, Consumer<JsonReader> reading, String message) {
        assertThatThrownBy(() -> reading.accept(new JsonReader(text)))
                .isInstanceOf(JsonException.class)
                .hasMessage(message);
    }
}
