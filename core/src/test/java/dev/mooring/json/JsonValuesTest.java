// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.json;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonValuesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "5, 5",
        "999999999999999999, 999999999999999999",
        "1000000000000000000, 1000000000000000000",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
    })
    void aWholeNumberIsALong(String text, long value) {
        assertThat(Json.parse(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036854775808",
        "-9223372036854775809",
        "123456789012345678901234567890",
        "1.0",
        "-0.0",
        "1e0",
        "1e2",
        "10E-1",
        "1.7976931348623157e308",
        "1e1000",
        "-1e-1000",
        "0e1000",
    })
    void anyOtherNumberIsABigDecimalWithAllItsDigits(String text) {
        assertThat(Json.parse(text)).isEqualTo(new BigDecimal(text));
    }

    @Test
    void stringsAreUnescaped() {
        assertThat(Json.parse("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\\ude00\u2028\u007f\""))
                .isEqualTo("a\"\\/\b\f\n\r\t\u00e4\ud83d\ude00\u2028\u007f");
    }

    @Test
    void membersAndElementsKeepTheirOrder() {
        assertThat(map("{\"b\":1,\"a\":[3,null,true],\"c\":{}}"))
                .containsExactly(
                        entry("b", 1L), entry("a", java.util.Arrays.asList(3L, null, true)), entry("c", Map.of()));
    }

    @Test
    void ofANameThatIsGivenTwiceTheLastValueCounts() {
        assertThat(map("{\"a\":1,\"b\":2,\"\\u0061\":3}")).containsExactly(entry("a", 3L), entry("b", 2L));
    }

    @Test
    void whatIsReadIsUnmodifiable() {
        assertThat(map("{}")).isUnmodifiable();
        assertThat(map("{\"a\":null}")).isUnmodifiable();
        assertThat(list("[]")).isUnmodifiable();
        assertThat(list("[1,null]")).isUnmodifiable();
        assertThat((List<?>) list("[[1]]").get(0)).isUnmodifiable();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(String text) {
        return (Map<String, Object>) Json.parse(text);
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(String text) {
        return (List<Object>) Json.parse(text);
    }
}
