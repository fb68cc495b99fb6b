// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Connection;
import dev.mooring.Job;
import dev.mooring.Message;
import dev.mooring.PublishReport;
import dev.mooring.WebSocketApp;
import dev.mooring.adapter.JobQueue;
import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Backends;
import dev.mooring.backend.StoredConnection;
import dev.mooring.lambda.Publishers;
import dev.mooring.lambda.WebSocketLambda;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What a publish has no time for is done by the functions that the queue starts, and nobody is missed. */
@Timeout(180)
class EndToEndTest implements WebSocketApp {

    private final String url = Server.newQueue();
    private final Clients clients = new Clients();
    private final Backend backend = Backends.open("memory://");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    @Override
    public void onMessage(Connection connection, Message message) {
        throw new AssertionError("no message was sent");
    }

    @AfterEach
    void close() {
        clients.close();
        backend.close();
    }

    private WebSocketLambda.Builder builder(JobQueue queue) {
        return WebSocketLambda.builder(this)
                .backend(backend, Duration.ofHours(2))
                .endpoint(clients.endpoint())
                .clock(now::get)
                .queue(queue);
    }

    private Function function() {
        return new Function(builder(Server.open(url)).build());
    }

    private Set<String> join(int number) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < number; i++) {
            String id = "client-" + i;
            backend.save(new StoredConnection(
                    id, "{\"v\":1}", Set.of("news"), now.get().plus(Duration.ofHours(2))));
            ids.add(id);
        }
        return ids;
    }

    private PublishReport publish(JobQueue queue) {
        try (Publishers publishers = Publishers.open(builder(queue))) {
            return publishers.publisher().publish("news", "hi");
        }
    }

    @Test
    void aLargeChannelIsSpreadOverJobsOfAThousandAndEachClientGetsItOnce() {
        Set<String> members = join(2500);
        PublishReport report = publish(Server.open(url));
        assertThat(report).isEqualTo(new PublishReport(0, 0, Map.of(), 3, List.of()));
        assertThat(clients.got).isEmpty();

        Function function = function();
        AtomicInteger invocations = new AtomicInteger();
        while (function.poll(url)) {
            invocations.incrementAndGet();
        }
        assertThat(invocations).hasPositiveValue();
        assertThat(clients.got.keySet()).isEqualTo(members);
        assertThat(clients.got.values()).containsOnly(1);
        assertThat(function.log).isEmpty();
    }

    @Test
    void eachMemberOfAVeryLargeChannelIsInOneJob() {
        Set<String> members = join(11_500);
        assertThat(publish(Server.open(url)).queued()).isEqualTo(12);
        List<Job> jobs = Server.take(url);
        assertThat(jobs).hasSize(12).allMatch(job -> job.to().size() <= 1000);
        assertThat(jobs.stream().flatMap(job -> job.to().stream())).containsExactlyInAnyOrderElementsOf(members);
    }

    @Test
    void aJobThatRunsOutOfTimeQueuesItsRestAgainAndAgainUntilNobodyIsMissed() {
        Set<String> members = join(500);
        Server.open(url).add(List.of(Job.publish("news", "hi")));
        clients.onPost = () -> now.updateAndGet(time -> time.plus(Duration.ofMillis(500)));
        Function function = function();
        AtomicInteger invocations = new AtomicInteger();
        while (function.poll(url)) {
            invocations.incrementAndGet();
        }
        // 27 seconds of an invocation's 29 suffice for about a tenth
        assertThat(invocations).hasValueGreaterThan(3);
        assertThat(clients.got.keySet()).isEqualTo(members);
        assertThat(function.log).isEmpty();
    }

    @Test
    void aMalformedJobEndsInTheDeadLetterQueueAndTheOthersAreDone() {
        String dead = Server.newQueue();
        String jobs = Server.newQueue(
                "jobs-" + UUID.randomUUID(),
                Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT,
                        "1",
                        QueueAttributeName.REDRIVE_POLICY,
                        "{\"maxReceiveCount\":\"2\",\"deadLetterTargetArn\":\"" + arn(dead) + "\"}"));
        Set<String> members = join(3);
        Server.open(jobs).add(List.of(Job.publish("news", "one"), Job.broadcast("two")));
        Server.CLIENT.sendMessage(message -> message.queueUrl(jobs).messageBody("{\"type\":\"shout\"}"));

        Function function = function();
        List<String> bodies = new ArrayList<>();
        while (bodies.isEmpty()) {
            function.poll(jobs);
            Server.receive(dead).forEach(message -> bodies.add(message.body()));
        }
        assertThat(bodies).containsExactly("{\"type\":\"shout\"}");
        assertThat(clients.got.keySet()).isEqualTo(members);
        assertThat(clients.got.values()).containsOnly(2);
        assertThat(function.log)
                .hasSize(2)
                .allMatch(entry -> entry.endsWith(
                        "was not done: Malformed job: 'type' must be send, publish, broadcast or close."));
    }

    @Test
    void aPublishWhoseQueueIsGoneFailsAndCountsNothingAsQueued() {
        join(1001);
        // the queue is that of MOORING_QUEUE_URL, which this module's pom sets for its tests
        var settings = WebSocketLambda.builder(this).backend(backend, Duration.ofHours(2));
        try (Publishers publishers = Publishers.open(settings.endpoint(clients.endpoint()))) {
            assertThatExceptionOfType(BackendException.class)
                    .isThrownBy(() -> publishers.publisher().publish("news", "hi"))
                    .withMessageStartingWith("http://localhost:1/000000000000/jobs: SendMessageBatch failed: ");
        }
        assertThat(clients.got).isEmpty();
    }

    private static String arn(String queue) {
        return Server.CLIENT
                .getQueueAttributes(request -> request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }
}
