// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentCodecTest {

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "'', ''",
        "a+b, a+b",
        "%41, A",
        "a%20b, a b",
        "%25, %",
        "%2541, %41",
        "%2f%2F, //",
        "%c3%A4, ä",
        "ä%C3%A4€, ää€",
        "%F0%9F%90%99🐙, 🐙🐙",
        "%41%42x%43, ABxC",
    })
    void escapesAreUtf8AndAPlusIsAPlus(String text, String decoded) {
        assertThat(PercentCodec.decode("user", text)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%4g", "%g4", "%%41", "% 4", "%-1", "%٣٣", "%４１", "hunter2%"})
    void anEscapeHasTwoHexadecimalDigits(String text) {
        assertThatThrownBy(() -> PercentCodec.decode("user", text))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage(
                        "A '%' in the user must be followed by two hexadecimal digits; write %25 for a percent sign.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FF", "%C3", "%C3x", "%ED%A0%80", "%C0%80", "%F4%90%80%80", "hunter2%80"})
    void escapesThatAreNotUtf8AreRefused(String text) {
        assertThatThrownBy(() -> PercentCodec.decode("user", text))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("The escapes in the user are not UTF-8.");
    }
}
