// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DsnParametersTest {

    @Test
    void parametersKeepTheirOrderAndAreDecoded() {
        assertThat(Dsn.parse("x://h?b=2&a=1+1&c=%26%3D%20%F0%9F%90%99&d=http://l:8000/?q=1&e=#")
                        .parameters())
                .containsExactly(
                        entry("b", "2"),
                        entry("a", "1+1"),
                        entry("c", "&= 🐙"),
                        entry("d", "http://l:8000/?q=1"),
                        entry("e", "#"));
    }

    @Test
    void aParameterIsReadByItsName() {
        Dsn dsn = Dsn.parse("x://h?region=eu%2Dwest-1&Region=x");
        assertThat(dsn.text("region")).contains("eu-west-1");
        assertThat(dsn.text("regio")).isEmpty();
    }

    @Test
    void parametersAreUnmodifiable() {
        assertThat(Dsn.parse("x://h?a=1").parameters()).isUnmodifiable();
        assertThat(Dsn.parse("x://h").parameters()).isUnmodifiable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x://h", "x://h?", "x://h?&&"})
    void thereMayBeNone(String text) {
        assertThat(Dsn.parse(text).parameters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "region=", "region=%20%09", "&region=&"})
    void anEmptyOrBlankParameterIsAsGoodAsNone(String query) {
        Dsn dsn = Dsn.parse("x://h?" + query);
        assertThat(dsn.text("region")).isEmpty();
        assertThat(dsn.flag("region", true)).isTrue();
        assertThat(dsn.number("region", 7, 1, 10)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"region", "=eu", "a=1&region", "a=1&=", "?"})
    void aParameterHasANameAndAValue(String query) {
        assertThatThrownBy(() -> Dsn.parse("x://h?" + query))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("Each parameter of a DSN has the form name=value, separated by '&'."
                        + " In user and password, write '?' as %3F.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"re gion=x", "region%0A=x", "h:6379/0?region=x", "?region=x", "région=x", "%20=x"})
    void aNameHasPlainCharacters(String query) {
        assertThatThrownBy(() -> Dsn.parse("x://h?" + query))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("The name of a parameter has letters, digits, '_', '.' and '-' only."
                        + " In user and password, write '?' as %3F.");
    }

    @ParameterizedTest
    @CsvSource({"re%=x, name of a parameter", "region=%4, value of the parameter 'region'"})
    void aMalformedEscapeIsRefusedByTheNameOfItsPart(String query, String part) {
        assertThatThrownBy(() -> Dsn.parse("x://h?" + query))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("A '%' in the " + part
                        + " must be followed by two hexadecimal digits; write %25 for a percent sign.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"region=a&region=b", "region=&a=1&region=", "region=a&%72egion=a"})
    void aParameterIsGivenOnce(String query) {
        assertThatThrownBy(() -> Dsn.parse("x://h?" + query))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("There are two values of the parameter 'region': give one.");
    }

    @Test
    void aTypingErrorListsTheKnownParameters() {
        Dsn dsn = Dsn.parse("dynamodb://t?regoin=eu-west-1");
        assertThatThrownBy(() -> dsn.allowParameters(Set.of("region", "auto_create")))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage(
                        "Unknown parameter 'regoin' for dynamodb://. Known ones: auto_create, region, timeout, ttl.");
    }

    @Test
    void knownParametersPass() {
        Dsn dsn = Dsn.parse("dynamodb://t?region=eu-west-1&ttl=1h&timeout=1s");
        assertThat(dsn.allowParameters(Set.of("region"))).isSameAs(dsn);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void aFlagIsTrueOrFalse(String value, boolean expected) {
        assertThat(Dsn.parse("x://h?a=" + value).flag("a", !expected)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "yes", "TRUE", "true%20"})
    void anythingElseIsNoFlag(String value) {
        Dsn dsn = Dsn.parse("s3://b?path_style=" + value);
        assertThatThrownBy(() -> dsn.flag("path_style", false))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("The parameter 'path_style' of s3:// must be true or false.");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "10, 10", "0007, 7"})
    void aNumberIsInItsRange(String value, int expected) {
        assertThat(Dsn.parse("x://h?a=" + value).number("a", 5, 1, 10)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11", "-1", "1.0", "1e1", "0x1", "99999999999999999999", "a", "1%202"})
    void anythingElseIsNoNumber(String value) {
        Dsn dsn = Dsn.parse("postgresql://h?pool_size=" + value);
        assertThatThrownBy(() -> dsn.number("pool_size", 1, 1, 10))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("The parameter 'pool_size' of postgresql:// must be a whole number from 1 to 10.");
    }
}
