// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.Connection;
import dev.mooring.Message;
import dev.mooring.WebSocketApp;
import dev.mooring.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One line of CloudWatch's embedded metric format for each invocation that did something. */
class EmfMetricsTest implements WebSocketApp {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final EmfMetrics metrics = new EmfMetrics(new PrintStream(written, true, StandardCharsets.UTF_8));
    private final TestFunction function =
            new TestFunction(this, builder -> builder.metrics(metrics).authorizer(handshake -> Authorization.deny()));
    private Consumer<Connection> onMessage = connection -> {};

    @Override
    public void onMessage(Connection connection, Message message) {
        onMessage.accept(connection);
    }

    @AfterEach
    void close() {
        function.close();
    }

    private List<Map<?, ?>> lines() {
        List<Map<?, ?>> lines = new ArrayList<>();
        written.toString(StandardCharsets.UTF_8).lines().forEach(line -> lines.add((Map<?, ?>) Json.parse(line)));
        written.reset();
        return lines;
    }

    /** What an event makes the function write: the values that do not depend on how long things take. */
    private Map<String, Object> counts(String event) {
        written.reset();
        function.invoke(event);
        Map<String, Object> counts = new LinkedHashMap<>();
        List<Map<?, ?>> lines = lines();
        assertThat(lines).hasSize(1);
        lines.get(0).forEach((name, value) -> counts.put(name.toString(), value));
        counts.keySet().removeAll(List.of("_aws", "FunctionName", "BackendTime", "BackendTimeMax"));
        return counts;
    }

    @Test
    void theLineHasTheFormThatCloudWatchReads() {
        function.invoke(Events.connect("a"));
        List<Map<?, ?>> lines = lines();
        assertThat(lines).hasSize(1);
        Map<?, ?> line = lines.get(0);
        Map<String, String> count = Map.of("Name", "Connected", "Unit", "Count");
        assertThat(line.get("_aws"))
                .isEqualTo(Map.of(
                        "Timestamp",
                        function.clock.instant().toEpochMilli(),
                        "CloudWatchMetrics",
                        List.of(Map.of(
                                "Namespace",
                                "Mooring",
                                "Dimensions",
                                List.of(List.of("FunctionName")),
                                "Metrics",
                                List.of(
                                        Map.of("Name", "BackendCalls", "Unit", "Count"),
                                        Map.of("Name", "BackendTime", "Unit", "Microseconds"),
                                        Map.of("Name", "BackendTimeMax", "Unit", "Microseconds"),
                                        count)))));
        assertThat(line.get("FunctionName")).isEqualTo("chat");
        assertThat((Long) line.get("BackendTime")).isNotNegative().isEqualTo(line.get("BackendTimeMax"));
    }

    @Test
    void whatAnEventDidIsCounted() {
        assertThat(counts(Events.connect("a"))).isEqualTo(Map.of("Connected", 1L, "BackendCalls", 1L));
        onMessage = connection -> {
            connection.send("one");
            connection.send("two");
        };
        assertThat(counts(Events.message("a"))).isEqualTo(Map.of("Received", 1L, "Sent", 2L));
        function.api.answer(403);
        assertThat(counts(Events.message("a"))).isEqualTo(Map.of("Received", 1L, "Failed", 1L));
        assertThat(counts(Events.disconnect("a"))).isEqualTo(Map.of("Disconnected", 1L, "BackendCalls", 1L));
    }

    @Test
    void whoIsGoneIsCounted() {
        function.invoke(Events.connect("b"));
        function.clock.advance(Duration.ofMinutes(1));
        function.api.answer(410);
        onMessage = connection -> connection.publisher().send("b", "hi");
        assertThat(counts(Events.message("a")))
                .isEqualTo(Map.of("Received", 1L, "Gone", 1L, "Disconnected", 1L, "BackendCalls", 1L));
    }

    @Test
    void theLongestCallIsOneOfAll() {
        metrics.backendCall("find", Duration.ofMillis(2));
        metrics.backendCall("update", Duration.ofMillis(5));
        metrics.backendCall("members", Duration.ofNanos(1_999));
        metrics.write("chat", function.clock.instant());
        Map<?, ?> line = lines().get(0);
        assertThat(line.get("BackendCalls")).isEqualTo(3L);
        assertThat(line.get("BackendTime")).isEqualTo(7_001L);
        assertThat(line.get("BackendTimeMax")).isEqualTo(5_000L);
    }

    @Test
    void thereIsNoLineWhereNothingHappened() {
        function.invoke(Events.read("authorizer.json"));
        assertThat(lines()).isEmpty();
    }

    @Test
    void anEventThatFailsHasItsLineToo() {
        onMessage = connection -> {
            throw new IllegalStateException("broken");
        };
        assertThat(counts(Events.message("a"))).isEqualTo(Map.of("Received", 1L));
    }

    @Test
    void theEnvironmentTurnsThemOn() {
        assertThat(standardOutputOfAConnect(Map.of("MOORING_DSN", "memory://", "MOORING_METRICS", "emf")))
                .contains("\"Namespace\":\"Mooring\"")
                .contains("\"Connected\":1");
    }

    @Test
    void theyAreOffOtherwise() {
        assertThat(standardOutputOfAConnect(Map.of("MOORING_DSN", "memory://"))).isEmpty();
    }

    private String standardOutputOfAConnect(Map<String, String> environment) {
        PrintStream before = System.out;
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try (WebSocketLambda handler =
                WebSocketLambda.builder(this).environment(environment).build()) {
            TestFunction.invoke(handler, Events.connect("a"), new TestContext());
        } finally {
            System.setOut(before);
        }
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void anotherFormatIsRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebSocketLambda.builder(this)
                        .environment(Map.of("MOORING_DSN", "memory://", "MOORING_METRICS", "statsd"))
                        .build())
                .withMessage("MOORING_METRICS is emf, or not set.");
    }
}
