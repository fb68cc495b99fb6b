// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonWriteTest {

    @Test
    void objectsAndArraysAreWrittenWithoutWhiteSpace() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("b", Arrays.asList(1, null, "x", true, List.of(), Map.of()));
        value.put("", CharBuffer.wrap("text"));
        value.put("\"", Set.of(1.5));
        assertThat(Json.write(value)).isEqualTo("{\"b\":[1,null,\"x\",true,[],{}],\"\":\"text\",\"\\\"\":[1.5]}");
        assertThat(Json.write(new ArrayDeque<>(List.of("a", "b")))).isEqualTo("[\"a\",\"b\"]");
        assertThat(Json.write(null)).isEqualTo("null");
    }

    @ParameterizedTest
    @MethodSource
    void finiteNumbersOfAnyKindAreWritten(Number number, String text) {
        assertThat(Json.write(number)).isEqualTo(text);
        assertThat(new BigDecimal(String.valueOf(Json.parse(text)))).isEqualByComparingTo(text);
    }

    static Stream<Object[]> finiteNumbersOfAnyKindAreWritten() {
        return Stream.of(
                new Object[] {-0, "0"},
                new Object[] {Long.MIN_VALUE, "-9223372036854775808"},
                new Object[] {(byte) 7, "7"},
                new Object[] {0.1, "0.1"},
                new Object[] {-0.0, "-0.0"},
                new Object[] {1e100, "1.0E100"},
                new Object[] {Double.MIN_VALUE, "4.9E-324"},
                new Object[] {1.5f, "1.5"},
                new Object[] {new BigDecimal("1E+400"), "1E+400"},
                new Object[] {new BigDecimal("1.50"), "1.50"},
                new Object[] {BigInteger.TEN.pow(30), "1" + "0".repeat(30)});
    }

    @Test
    void onlyWhatMustBeIsEscaped() {
        assertThat(Json.write("\"\\/\b\f\n\r\t\0\u001f\u007fä\u2028\ud83d\ude00<>&' "))
                .isEqualTo("\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u0000\\u001f\u007fä\u2028\ud83d\ude00<>&' \"");
    }

    @Test
    void anUnpairedSurrogateIsEscapedAsItHasNoUtf8Form() {
        assertThat(Json.write("\ud83d")).isEqualTo("\"\\ud83d\"");
        assertThat(Json.write("\ude00\ud83dx\ud83d")).isEqualTo("\"\\ude00\\ud83dx\\ud83d\"");
        assertThat(Json.write("\ud83d\ud83d\ude00")).isEqualTo("\"\\ud83d\ud83d\ude00\"");
    }

    @ParameterizedTest
    @MethodSource
    void whatHasNoFormInJsonIsRefused(Object value, String message) {
        assertThatThrownBy(() -> Json.write(List.of(Map.of("a", value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static Stream<Object[]> whatHasNoFormInJsonIsRefused() {
        return Stream.of(
                new Object[] {Double.NaN, "JSON has no form for NaN."},
                new Object[] {Float.NEGATIVE_INFINITY, "JSON has no form for -Infinity."},
                new Object[] {'c', "JSON has no form for java.lang.Character."},
                new Object[] {new int[0], "JSON has no form for [I."},
                new Object[] {new Object(), "JSON has no form for java.lang.Object."},
                new Object[] {Map.of(1, 2), "A name in a JSON object must be a string."});
    }
}
