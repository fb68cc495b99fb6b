// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLimitsTest {

    @Test
    void thereAreAtMost512Levels() {
        Json.parse("[".repeat(512) + "]".repeat(512));
        Json.parse("{\"a\":".repeat(512) + "1" + "}".repeat(512));
        Json.parse("[" + "[],".repeat(1000) + "[" + "[]" + "]]");
        assertThatThrownBy(() -> Json.parse("[".repeat(513) + "]".repeat(513)))
                .isInstanceOf(JsonException.class)
                .hasMessage("More than 512 levels at character 512");
        assertThatThrownBy(() -> Json.parse("[{\"a\":".repeat(300)))
                .isInstanceOf(JsonException.class)
                .hasMessage("More than 512 levels at character 1536");
        assertThatThrownBy(() -> new JsonReader("[".repeat(100_000)).skipValue())
                .isInstanceOf(JsonException.class)
                .hasMessage("More than 512 levels at character 512");
    }

    @Test
    void aNumberHasAtMost400Characters() {
        assertThat(Json.parse("9".repeat(400))).isEqualTo(new BigDecimal("9".repeat(400)));
        assertThatThrownBy(() -> Json.parse("[ " + "9".repeat(401) + "]"))
                .isInstanceOf(JsonException.class)
                .hasMessage("A number longer than 400 characters at character 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e1001",
                "1e-1001",
                "1.5e-1000",
                "0e1001",
                "-1E+99999",
                "1e2147483647",
                "1e-2147483648",
                "1e99999999999999999999",
                "1e-99999999999999999999",
            })
    void anExponentIsNotOutOfAllProportion(String number) {
        assertThatThrownBy(() -> Json.parse("[" + number + "]"))
                .isInstanceOf(JsonException.class)
                .hasMessage("A number out of range at character 1");
    }

    @Test
    void aLongTextIsReadInOneGo() {
        String plain = "x".repeat(5_000_000);
        assertThat(Json.parse("\"" + plain + "\"")).isEqualTo(plain);
        String escaped = "\\n\\u00e4".repeat(700_000);
        assertThat(Json.parse("\"" + escaped + "\"")).isEqualTo("\n\u00e4".repeat(700_000));
        assertThat((List<?>) Json.parse("[1" + ",1".repeat(500_000) + "]")).hasSize(500_001);
        assertThat(Json.parse(" ".repeat(5_000_000) + "1" + " ".repeat(5_000_000)))
                .isEqualTo(1L);
    }
}
