// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DsnDurationTest {

    @ParameterizedTest
    @CsvSource({
        "1ms, PT0.001S",
        "250ms, PT0.25S",
        "7, PT7S",
        "5s, PT5S",
        "10m, PT10M",
        "2h, PT2H",
        "1d, PT24H",
        "365d, P365D",
        "999999999ms, PT999999.999S",
        "007s, PT7S",
    })
    void aLengthOfTimeHasAUnitOrCountsSeconds(String value, Duration expected) {
        assertThat(Dsn.parse("x://h?ttl=" + value).ttl()).isEqualTo(expected);
        assertThat(Dsn.parse("x://h?a=" + value).duration("a", Duration.ZERO)).isEqualTo(expected);
    }

    @Test
    void aConnectionOutlivesApiGatewaysTwoHoursByDefault() {
        assertThat(Dsn.parse("x://h").ttl()).isEqualTo(Duration.ofMinutes(130));
        assertThat(Dsn.parse("x://h?ttl=%20").ttl()).isEqualTo(Duration.ofMinutes(130));
    }

    @Test
    void aCallMayTakeFiveSecondsByDefaultAndAnHourAtMost() {
        assertThat(Dsn.parse("x://h?timeout=").timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(Dsn.parse("x://h?timeout=250ms").timeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(Dsn.parse("x://h?timeout=60m").timeout()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0ms",
                "000d",
                "-1s",
                "+1s",
                "1.5h",
                "5%20s",
                "s",
                "5S",
                "5sec",
                "PT5S",
                "٣s",
                "366d",
                "999999999d",
                "999999999999999999999s",
                "0x5",
            })
    void anythingElseIsNoLengthOfTime(String value) {
        assertThatThrownBy(() -> Dsn.parse("redis://h?ttl=" + value).ttl())
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("The parameter 'ttl' of redis:// must be a length of time such as 250ms, 5s, 10m, 2h or 1d,"
                        + " more than zero and at most 365d.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3601", "2h", "3600001ms", "999999999d", "never"})
    void aTimeoutThatNeverEndsIsRefused(String value) {
        assertThatThrownBy(() -> Dsn.parse("redis://h?timeout=" + value).timeout())
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage(
                        "The parameter 'timeout' of redis:// must be a length of time such as 250ms, 5s, 10m, 2h or 1d,"
                                + " more than zero and at most 1h.");
    }
}
