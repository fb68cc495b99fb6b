// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What becomes of jobs in a queue. */
@Timeout(120)
class SqsJobQueueTest {

    private static final int MAX_TEXT = 128 * 1024;

    private final String url = Server.newQueue();

    private List<Job> added(Job... jobs) {
        Server.open(url).add(List.of(jobs));
        return Server.take(url);
    }

    private static List<String> ids(int number, int length) {
        return IntStream.range(0, number)
                .mapToObj(i -> String.format("%0" + length + "d", i))
                .toList();
    }

    @Test
    void aQueueIsOpenedByItsUrl() {
        try (SqsJobQueue queue = SqsJobQueue.open(url)) {
            queue.add(List.of(Job.broadcast("hi")));
        }
        assertThat(Server.take(url)).containsExactly(Job.broadcast("hi"));
    }

    @Test
    void jobsComeOutAsTheyWentIn() {
        Job[] jobs = {
            Job.send(List.of("L0SM9cOFvHcCIhw="), "grüß 🚢 \"\\\n"),
            Job.publish("news", "", "a", "b").from("cursor"),
            Job.broadcast("hi", "a"),
            Job.close(List.of("a", "b"))
        };
        assertThat(added(jobs)).containsExactlyInAnyOrder(jobs);
    }

    @Test
    void noJobsAreNoMessages() {
        assertThat(added()).isEmpty();
    }

    @Test
    void manyJobsGoInBatchesOfTen() {
        Job[] jobs = ids(25, 2).stream().map(Job::broadcast).toArray(Job[]::new);
        assertThat(added(jobs)).containsExactlyInAnyOrder(jobs);
    }

    @Test
    void aBatchIsNotTooLargeEither() {
        Job[] jobs = ids(10, 2).stream()
                .map(text -> Job.broadcast(text + "x".repeat(MAX_TEXT - 2)))
                .toArray(Job[]::new);
        assertThat(added(jobs)).containsExactlyInAnyOrder(jobs);
    }

    @Test
    void theLargestJobOfAPublishFits() {
        Job job = Job.send(ids(1000, 128), "x".repeat(MAX_TEXT - 500));
        assertThat(added(job)).containsExactly(job);
    }

    @Test
    void aJobThatIsTooLargeForAQueueIsSplitByItsConnections() {
        List<String> ids = ids(1000, 128);
        String text = "\"".repeat(70_000);
        List<Job> parts = added(Job.send(ids, text));
        assertThat(parts).hasSizeGreaterThan(1).allSatisfy(part -> {
            assertThat(part.type()).isEqualTo(Job.Type.SEND);
            assertThat(part.text()).isEqualTo(text);
        });
        assertThat(parts.stream().flatMap(part -> part.to().stream())).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aLargeJobThatCannotBeSplitIsAMessageOfItsOwn() {
        Job[] jobs = {Job.broadcast("a"), Job.broadcast("\u0001".repeat(MAX_TEXT)), Job.broadcast("b")};
        assertThat(added(jobs)).containsExactlyInAnyOrder(jobs);
    }

    @Test
    void aListOfConnectionsOfAnyLengthIsSplit() {
        List<String> ids = ids(20_000, 36);
        List<Job> parts = added(Job.close(ids));
        assertThat(parts).allMatch(part -> part.type() == Job.Type.CLOSE);
        assertThat(parts.stream().flatMap(part -> part.to().stream())).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aJobThatSqsCannotTakeIsRefusedBeforeAnythingIsSent() {
        String[] except = ids(10_000, 128).toArray(String[]::new);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Server.open(url).add(List.of(Job.broadcast("hi"), Job.broadcast("hi", except))))
                .withMessage(
                        "The job has 1310043 bytes as JSON, and a message of SQS at most 1048576. Shorten its text,"
                                + " or leave out fewer connections.");
        assertThat(Server.take(url)).isEmpty();
    }

    @Test
    void everyCharacterArrives() {
        String all = IntStream.rangeClosed(0, 0xffff)
                .filter(c -> !Character.isSurrogate((char) c))
                .mapToObj(Character::toString)
                .collect(joining());
        List<Job> jobs = new ArrayList<>();
        for (int from = 0; from < all.length(); from += 10_000) {
            jobs.add(Job.publish("\uffff", all.substring(from, Math.min(from + 10_000, all.length()))));
        }
        jobs.add(Job.broadcast("\ud83d\udea2 \ude00 \ud83d"));
        assertThat(added(jobs.toArray(Job[]::new))).containsExactlyInAnyOrderElementsOf(jobs);
    }

    @Test
    void inAFifoQueueEqualJobsAreAllAddedAndWaitForNoOther() {
        String fifo = Server.newQueue(UUID.randomUUID() + ".fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
        Server.open(fifo).add(List.of(Job.broadcast("hi"), Job.broadcast("hi"), Job.broadcast("ho")));
        assertThat(Server.receive(fifo))
                .extracting(message -> Job.fromJson(message.body()).text())
                .containsExactlyInAnyOrder("hi", "hi", "ho");
    }
}
