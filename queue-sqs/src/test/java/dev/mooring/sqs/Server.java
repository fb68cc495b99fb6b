// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqs;

import dev.mooring.Job;
import dev.mooring.testsupport.ElasticMq;
import dev.mooring.testsupport.ForkedJvm;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** One ElasticMQ for all tests of a run; it ends with the JVM. Queues keep the tests apart. */
final class Server {

    private static final ForkedJvm JVM = ElasticMq.start();

    /** A client such as a user has, for looking at what is queued. */
    static final SqsClient CLIENT =
            SqsClient.builder().endpointOverride(URI.create(JVM.url())).build();

    private Server() {}

    static int port() {
        return JVM.port();
    }

    static String newQueue() {
        return newQueue("queue-" + UUID.randomUUID(), Map.of());
    }

    static String newQueue(String name, Map<QueueAttributeName, String> attributes) {
        return CLIENT.createQueue(queue -> queue.queueName(name).attributes(attributes))
                .queueUrl();
    }

    /** A queue with more time than a call needs, for a busy machine. */
    static SqsJobQueue open(String url) {
        return new SqsJobQueue(CLIENT, url, Duration.ofMinutes(1));
    }

    /** Takes all jobs out of a queue. */
    static List<Job> take(String url) {
        List<Job> jobs = new ArrayList<>();
        List<Message> messages = receive(url);
        while (!messages.isEmpty()) {
            for (Message message : messages) {
                jobs.add(Job.fromJson(message.body()));
                delete(url, message);
            }
            messages = receive(url);
        }
        return jobs;
    }

    static List<Message> receive(String url) {
        return CLIENT.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10))
                .messages();
    }

    static void delete(String url, Message message) {
        CLIENT.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
    }
}
