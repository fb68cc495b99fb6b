// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mooring.CloseReason;
import dev.mooring.Connection;
import dev.mooring.Job;
import dev.mooring.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches of SQS, with two clients in a channel: what is posted, and which messages are to come again. */
class QueueTest implements NewsApp {

    private static final String ALL_DONE = "{\"batchItemFailures\":[]}";

    private TestFunction function = function(builder -> {});
    private Runnable onDisconnect = () -> {};

    private TestFunction function(Consumer<WebSocketLambda.Builder> settings) {
        return new TestFunction(this, builder -> settings.accept(builder.concurrency(1)));
    }

    @Override
    public void onDisconnect(Connection connection, CloseReason reason) {
        onDisconnect.run();
    }

    @BeforeEach
    void connect() {
        function.invoke(Events.connect("a"));
        function.invoke(Events.connect("b"));
    }

    @AfterEach
    void close() {
        function.close();
    }

    private void restart(Consumer<WebSocketLambda.Builder> settings) {
        function.close();
        function = function(settings);
        connect();
    }

    /** A batch as SQS sends it; the messages' ids are m0, m1 and so on. */
    private static String batch(String... bodies) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (String body : bodies) {
            records.add(Map.of(
                    "messageId",
                    "m" + records.size(),
                    "receiptHandle",
                    "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
                    "body",
                    body,
                    "attributes",
                    Map.of("ApproximateReceiveCount", "1", "SentTimestamp", "1545082649183"),
                    "messageAttributes",
                    Map.of(),
                    "eventSource",
                    "aws:sqs",
                    "eventSourceARN",
                    "arn:aws:sqs:eu-west-1:123456789012:jobs",
                    "awsRegion",
                    "eu-west-1"));
        }
        return Json.write(Map.of("Records", records));
    }

    private static String failures(String... ids) {
        List<Map<String, String>> failures = new ArrayList<>();
        for (String id : ids) {
            failures.add(Map.of("itemIdentifier", id));
        }
        return Json.write(Map.of("batchItemFailures", failures));
    }

    @Test
    void eachTypeOfJobIsDone() {
        String event = batch("""
                {"type":"send","to":["a"],"text":"one"}""", """
                {"type":"publish","channel":"news","text":"two","except":["a"]}""", """
                {"type":"broadcast","text":"three","except":["b"]}""", """
                {"type":"close","to":["b"]}""");
        assertThat(function.invoke(event)).isEqualTo(ALL_DONE);
        assertThat(function.api.seen())
                .containsExactly(
                        "POST /prod/@connections/a one",
                        "POST /prod/@connections/b two",
                        "POST /prod/@connections/a three",
                        "DELETE /prod/@connections/b");
        assertThat(function.log()).isEmpty();
    }

    @Test
    void aMalformedJobIsReportedAndTheOthersAreDone() {
        String event = batch(
                Job.broadcast("one").toJson(),
                "s3cr3t",
                "{\"type\":\"shout\",\"text\":\"s3cr3t\"}",
                Job.broadcast("s3cr3t".repeat(30_000)).toJson(),
                Job.send(List.of("a"), "two").toJson());
        assertThat(function.invoke(event)).isEqualTo(failures("m1", "m2", "m3"));
        assertThat(function.api.seen())
                .containsExactlyInAnyOrder(
                        "POST /prod/@connections/a one",
                        "POST /prod/@connections/b one",
                        "POST /prod/@connections/a two");
        assertThat(function.log()).hasSize(3);
        assertThat(function.log().subList(0, 2))
                .containsExactly(
                        "Job of message m1 was not done: Malformed job: Expected an object at character 0.",
                        "Job of message m2 was not done: Malformed job: 'type' must be send, publish, broadcast or close.");
        assertThat(function.log().get(2))
                .startsWith("Job of message m3 was not done: java.lang.IllegalArgumentException: The message has 180000"
                        + " bytes, and at most 131072 can be sent. Split it, or send a link to it.")
                .doesNotContain("s3cr3t");
    }

    @Test
    void whatThereIsNoTimeForComesAgain() {
        function.clock.advance(Duration.ofMinutes(1));
        function.api.answer(410);
        onDisconnect = () -> function.clock.advance(Duration.ofMinutes(1));
        String event = batch(
                Job.send(List.of("a"), "one").toJson(),
                Job.send(List.of("a"), "two").toJson(),
                Job.send(List.of("a"), "three").toJson());
        assertThat(function.invoke(event)).isEqualTo(failures("m1", "m2"));
        assertThat(function.api.seen()).containsExactly("POST /prod/@connections/a one");
        assertThat(function.log())
                .containsExactly(
                        "Job of message m1 was not done: no time was left. It comes again.",
                        "Job of message m2 was not done: no time was left. It comes again.");
    }

    @Test
    void aJobThatRanOutOfTimeComesAgainWhereThereIsNoQueueForItsRest() {
        function.api.answer(exchange -> {
            function.clock.advance(Duration.ofMinutes(1));
            ConnectionApi.respond(exchange, 200);
        });
        assertThat(function.invoke(batch(Job.broadcast("one").toJson()))).isEqualTo(failures("m0"));
        assertThat(function.api.requests).hasSize(1);
        assertThat(function.log()).singleElement().asString().contains("m0").contains("Give queue(...) to the builder");
    }

    @Test
    void theRestOfAJobGoesToTheQueueAndIsDoneByAnotherInvocation() {
        List<Job> queue = new ArrayList<>();
        restart(builder -> builder.queue(queue::addAll));
        function.api.answer(exchange -> {
            function.clock.advance(Duration.ofMinutes(1));
            ConnectionApi.respond(exchange, 200);
        });
        assertThat(function.invoke(batch(Job.publish("news", "one").toJson()))).isEqualTo(ALL_DONE);
        assertThat(queue).hasSize(1);
        assertThat(function.api.requests).hasSize(1);
        function.api.answer(200);
        assertThat(function.invoke(batch(queue.get(0).toJson()))).isEqualTo(ALL_DONE);
        // one of them twice, if its answer was too late on a busy machine
        assertThat(function.api.seen()).containsOnly("POST /prod/@connections/a one", "POST /prod/@connections/b one");
        assertThat(function.log()).isEmpty();
    }

    @Test
    void aQueueThatFailsSendsTheJobBack() {
        restart(builder -> builder.queue(jobs -> {
            throw new IllegalStateException("the queue is down");
        }));
        function.api.answer(exchange -> {
            function.clock.advance(Duration.ofMinutes(1));
            ConnectionApi.respond(exchange, 200);
        });
        assertThat(function.invoke(batch(Job.broadcast("one").toJson()))).isEqualTo(failures("m0"));
        assertThat(function.log()).singleElement().asString().contains("IllegalStateException: the queue is down");
    }

    @Test
    void aJobThatFailsWithoutAWordIsNotTakenForDone() {
        restart(builder -> builder.queue(jobs -> {
            throw new IllegalArgumentException();
        }));
        function.api.answer(exchange -> {
            function.clock.advance(Duration.ofMinutes(1));
            ConnectionApi.respond(exchange, 200);
        });
        assertThat(function.invoke(batch(Job.broadcast("one").toJson()))).isEqualTo(failures("m0"));
        assertThat(function.log()).singleElement().asString().contains("IllegalArgumentException");
    }

    @Test
    void aClientThatIsGoneIsNoFailure() {
        function.clock.advance(Duration.ofMinutes(1));
        function.api.answer(410);
        assertThat(function.invoke(batch(Job.send(List.of("a", "nobody"), "one").toJson())))
                .isEqualTo(ALL_DONE);
        assertThat(function.log()).isEmpty();
    }

    @Test
    void withoutAnEndpointTheInvocationFailsAndSaysWhatToSet() {
        try (WebSocketLambda handler = WebSocketLambda.builder(this)
                .environment(Map.of("MOORING_DSN", "memory://"))
                .build()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> TestFunction.invoke(
                            handler, batch(Job.broadcast("one").toJson()), new TestContext()))
                    .withMessageStartingWith("Where clients are reached is not set: set MOORING_ENDPOINT to");
        }
    }
}
