// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON by RFC 8259, each by what it is about. */
class IsJsonTest {

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
