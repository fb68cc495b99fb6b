// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An event of a schedule purges what has expired. */
class ScheduleTest {

    private static final String SCHEDULE = """
            {"version":"0","id":"53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa","detail-type":"Scheduled Event",
             "source":"aws.events","account":"123456789012","time":"2026-11-21T10:20:00Z","region":"eu-west-1",
             "resources":["arn:aws:events:eu-west-1:123456789012:rule/purge"],"detail":{}}""";

    private final Backend backend = Backends.open("memory://");
    private final TestFunction function =
            new TestFunction((connection, message) -> {}, builder -> builder.backend(backend, Duration.ofHours(2)));

    @AfterEach
    void close() {
        function.close();
        backend.close();
    }

    private void save(String id, Duration ago) {
        Instant expiresAt = Instant.now().minus(ago);
        backend.save(new StoredConnection(id, "{\"v\":1}", Set.of(), expiresAt));
    }

    @Test
    void theAnswerSaysHowManyWereRemoved() {
        save("a", Duration.ofMinutes(1));
        save("b", Duration.ofDays(1));
        save("c", Duration.ofDays(-1));
        assertThat(function.invoke(SCHEDULE)).isEqualTo("{\"purged\":2}");
        assertThat(function.invoke(SCHEDULE)).isEqualTo("{\"purged\":0}");
        assertThat(backend.find("c")).isPresent();
        assertThat(function.log()).isEmpty();
    }

    @Test
    void itsLeastFormIsEnough() {
        save("a", Duration.ofMinutes(1));
        assertThat(function.invoke("{\"source\":\"aws.events\",\"detail-type\":\"Scheduled Event\"}"))
                .isEqualTo("{\"purged\":1}");
    }

    @Test
    void aStoreThatFailsFailsTheInvocation() {
        backend.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> function.invoke(SCHEDULE))
                .withMessageContaining("closed");
    }
}
