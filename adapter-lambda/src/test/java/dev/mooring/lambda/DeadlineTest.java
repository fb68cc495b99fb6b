// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.Acceptance;
import dev.mooring.Connection;
import dev.mooring.Message;
import dev.mooring.PublishReport;
import dev.mooring.WebSocketApp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A publish to three clients whose first post takes a while: what it reaches before the function's time is up. */
class DeadlineTest implements WebSocketApp {

    private final List<PublishReport> reports = new ArrayList<>();
    private TestFunction function = new TestFunction(this, builder -> builder.concurrency(1));

    @Override
    public Acceptance onConnect(Connection connection) {
        connection.subscribe("lobby");
        return Acceptance.accept();
    }

    @Override
    public void onMessage(Connection connection, Message message) {
        reports.add(connection.publisher().publish("lobby", "hi"));
    }

    @AfterEach
    void close() {
        function.close();
    }

    private PublishReport publish(int remainingMillis, int postMillis) {
        function.context.remainingMillis = remainingMillis;
        for (String id : List.of("a", "b", "c")) {
            function.invoke(Events.connect(id));
        }
        function.api.answer(exchange -> {
            function.clock.advance(Duration.ofMillis(postMillis));
            ConnectionApi.respond(exchange, 200);
        });
        assertThat(function.invoke(Events.message("a"))).isEqualTo("{\"statusCode\":200}");
        return reports.get(0);
    }

    @ParameterizedTest
    @CsvSource({"29000,27000", "10000,8000", "5000,4000", "1,1"})
    void publishingStopsBeforeTheFunctionDoesAndSaysWhatIsLeft(int remainingMillis, int postMillis) {
        PublishReport report = publish(remainingMillis, postMillis);
        assertThat(function.api.requests).hasSize(1);
        // its answer may come too late on a busy machine
        assertThat(report.delivered()).isBetween(0L, 1L);
        assertThat(report.rest()).singleElement().satisfies(job -> assertThat(job.to())
                .hasSize(3 - (int) report.delivered())
                .isSubsetOf("a", "b", "c"));
    }

    @ParameterizedTest
    @CsvSource({"29000,8999", "5000,1333", "0,3600000", "-1,3600000"})
    void withinTheTimeAllAreReached(int remainingMillis, int postMillis) {
        PublishReport report = publish(remainingMillis, postMillis);
        assertThat(report.delivered()).isEqualTo(3);
        assertThat(report.rest()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_000, 2_500, 4_999, 5_000, 9_999, 10_000, 29_000, 900_000})
    void afterItHasWaitedForItsLastPostsAtLeastATenthOrASecondIsLeftOfTheFunctionsTime(int remainingMillis) {
        function.context.remainingMillis = remainingMillis;
        Deadline deadline = Deadline.of(function.context, function.clock);
        Instant end = function.clock.instant().plusMillis(remainingMillis);
        assertThat(Duration.between(deadline.at().plus(deadline.grace()), end))
                .isGreaterThanOrEqualTo(Duration.ofMillis(Math.min(1_000, remainingMillis / 10)));
    }

    @Test
    void theEnvironmentSaysHowManyPostsAreUnderWayAtOnce() {
        function.close();
        function = new TestFunction(
                this, builder -> builder.environment(Map.of("MOORING_DSN", "memory://", "MOORING_CONCURRENCY", "1")));
        publish(29_000, 60_000);
        assertThat(function.api.requests).hasSize(1);
    }

    @Test
    void theBuildersLimitsWin() {
        function.close();
        function = new TestFunction(this, builder -> builder.environment(
                        Map.of("MOORING_DSN", "memory://", "MOORING_CONCURRENCY", "x", "MOORING_RATE", "x"))
                .concurrency(1)
                .rate(100));
        publish(29_000, 60_000);
        assertThat(function.api.requests).hasSize(1);
    }

    @Test
    void limitsOutOfRangeAreRefusedAtOnce() {
        assertRefused(
                Map.of("MOORING_CONCURRENCY", "1001", "MOORING_RATE", "0"),
                "Fan-out takes 1 to 1000 posts at once and 1 to 1000000 a second, not 1001 and 0.");
        assertRefused(Map.of("MOORING_CONCURRENCY", "many"), "MOORING_CONCURRENCY is not a whole number.");
        assertRefused(Map.of("MOORING_RATE", "1e3"), "MOORING_RATE is not a whole number.");
    }

    private void assertRefused(Map<String, String> environment, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        WebSocketLambda.builder(this).environment(environment).build())
                .withMessage(message);
    }
}
