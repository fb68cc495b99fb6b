// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON by RFC 8259 and what is not, each by what it is about. */
class JsonVectorsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // any value may stand alone
                "null",
                "true",
                "false",
                "0",
                "-1",
                "\"\"",
                "\"a\"",
                "[]",
                "{}",
                "1.5e3",
                // white space
                " \t\r\n[ \t\r\n1 \t\r\n, \t\r\n2 \t\r\n] \t\r\n",
                "{ \"a\" : 1 , \"b\" : 2 }",
                "[ ]",
                "{ }",
                "\n1\n",
                // arrays and objects
                "[[],{},[[]],[{}]]",
                "[null,true,false,1,\"\",[],{}]",
                "{\"\":0}",
                "{\"a\":{\"a\":{\"a\":[]}}}",
                "{\"a\":1,\"a\":2}",
                "{\"a\\u0000b\":1}",
                "[1,\n\n2]",
                // strings
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                "\"\\u0000\\u001f\\uABCD\\uabcd\"",
                "\"/\"",
                "\"\u007f\"",
                "\"\u0080\u009f\"",
                "\"\u2028\u2029\"",
                "\"\ufeff\"",
                "\"\uffff\"",
                "\"\\uffff\"",
                "\"\ud83d\ude00\"",
                "\"\\ud83d\\ude00\"",
                "\"\\\\u0000\"",
                "\"'\"",
                "\" \"",
                "\"[1,{}]\"",
                "\"// no comment /* */\"",
                // numbers
                "-0",
                "0.0",
                "-0.0e-0",
                "0e0",
                "0E+1",
                "1e5",
                "1E5",
                "1e+5",
                "1e-5",
                "123.456e-78",
                "0.1",
                "10",
                "1e00",
                "9223372036854775807",
                "-9223372036854775808",
                "9223372036854775808",
                "123456789012345678901234567890",
            })
    void isJson(String text) {
        Json.parse(text);
        JsonReader reader = new JsonReader(text);
        reader.skipValue();
        reader.end();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // nothing, and more than one value
                "",
                " ",
                "1 2",
                "[]]",
                "[][]",
                "{}{}",
                "{}}",
                "nullnull",
                "true false",
                "1,",
                "[],",
                "\"a\"\"b\"",
                "1 #",
                // literals
                "nul",
                "nulll",
                "True",
                "TRUE",
                "NULL",
                "none",
                "undefined",
                "fals",
                "tru e",
                "NaN",
                "-NaN",
                "Infinity",
                "-Infinity",
                "inf",
                "n",
                "t",
                "f",
                "nil",
                // arrays
                "[",
                "]",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[,]",
                "[1,,2]",
                "[1 2]",
                "[1:2]",
                "[1;2]",
                "[\"a\"",
                "[1}",
                "[[1]",
                "[a]",
                "(1)",
                "[1,\n",
                "[-]",
                "[*]",
                // objects
                "{",
                "}",
                "{]",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\" 1}",
                "{\"a\":}",
                "{\"a\",1}",
                "{\"a\"::1}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "{null:1}",
                "{[]:1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1,,\"b\":2}",
                "{\"a\":1;\"b\":2}",
                "{\"a\"=1}",
                "{\"a\":1]",
                "{\"a\":1}]",
                "{:1}",
                "{\"a\":1:2}",
                // strings
                "\"",
                "\"a",
                "a\"",
                "'a'",
                "`a`",
                "\"\\\"",
                "\"\\",
                "\"\\x41\"",
                "\"\\a\"",
                "\"\\0\"",
                "\"\\'\"",
                "\"\\u\"",
                "\"\\u0\"",
                "\"\\u00\"",
                "\"\\u004\"",
                "\"\\u004g\"",
                "\"\\U0041\"",
                "\"\\u 041\"",
                "\"\\u{41}\"",
                "\"\\u-041\"",
                "\"\\u٠٠٤١\"",
                "\"\\uFF\uFF11\uFF11\"",
                "\"\\ud83d\\u\"",
                "\"\n\"",
                "\"\t\"",
                "\"\0\"",
                "\"\u001f\"",
                "\"a\\\nb\"",
                "\\u0022a\"",
                // numbers
                "+1",
                "-",
                "--1",
                "01",
                "-01",
                "00",
                "0x10",
                "1.",
                ".1",
                "-.1",
                "1.e1",
                "1e",
                "1e+",
                "1e-",
                "e1",
                "1e1.5",
                "1..2",
                "1.2.3",
                "1ee1",
                "1e++1",
                "1_000",
                "1,000",
                "0b1",
                "1f",
                "1L",
                "1d",
                "- 1",
                "1 .5",
                "1e 5",
                "\uFF11",
                "٣",
                "1\u0660",
                "0.\u0661",
                "5 %",
                "1/2",
                "1e٣",
                // what is no white space, and comments
                "\ufeff1",
                "\ufeff{}",
                "1\ufeff",
                "\u00a01",
                "\u20281",
                "\f1",
                "\u000b1",
                "1\0",
                "\0",
                "\u200b[]",
                "\u3000[]",
                "// c\n1",
                "/* c */1",
                "1//c",
                "# c\n1",
                "[1/*c*/]",
                "--1",
                "\uffff",
                "[\uffff",
                "[1\uffff]",
                "{\uffff",
            })
    void isNotJson(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> {
                    JsonReader reader = new JsonReader(text);
                    reader.skipValue();
                    reader.end();
                })
                .isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\ud800",
                "\\udc00",
                "\\udc00\\ud800",
                "\\ud800\\ud800",
                "\\ud800x",
                "x\\udfff",
                "\\uD83D\\u0041"
            })
    void unpairedSurrogatesStayAsTheyAre(String escapes) {
        String text = "\"" + escapes + "\"";
        String value = (String) Json.parse(text);
        assertThat(value).matches("(?s).*\\p{Cs}.*");
        assertThat(Json.parse(Json.write(value))).isEqualTo(value);
        assertThat(Json.parse("\"" + value + "\"")).isEqualTo(value);
    }
}
