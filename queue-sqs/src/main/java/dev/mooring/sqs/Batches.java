// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqs;

import dev.mooring.Job;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Puts jobs into messages, and messages into batches. */
final class Batches {

    /** What any queue takes, in a message and in a batch: the limit until 2025, and still of queues that set it. */
    private static final int ORDINARY_BYTES = 256 * 1024;

    /** What SQS takes: Amazon SQS Developer Guide, the page {@code quotas-messages}. */
    private static final int MAX_BYTES = 1024 * 1024;

    private static final int MAX_MESSAGES = 10;

    private final boolean fifo;
    private final List<List<SendMessageBatchRequestEntry>> batches = new ArrayList<>();
    private List<SendMessageBatchRequestEntry> batch = List.of();
    private int bytesInBatch;

    private Batches(boolean fifo) {
        this.fifo = fifo;
    }

    static List<List<SendMessageBatchRequestEntry>> of(List<Job> jobs, boolean fifo) {
        Batches batches = new Batches(fifo);
        jobs.forEach(batches::add);
        return batches.batches;
    }

    private void add(Job job) {
        String body = body(job);
        int bytes = body.getBytes(StandardCharsets.UTF_8).length;
        int connections = job.to().size();
        if (bytes > ORDINARY_BYTES && connections > 1) {
            add(part(job, 0, connections / 2));
            add(part(job, connections / 2, connections));
        } else if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("The job has " + bytes + " bytes as JSON, and a message of SQS at most "
                    + MAX_BYTES + ". Shorten its text, or leave out fewer connections.");
        } else {
            add(body, bytes);
        }
    }

    private void add(String body, int bytes) {
        if (batch.isEmpty() || batch.size() == MAX_MESSAGES || bytesInBatch + bytes > ORDINARY_BYTES) {
            batch = new ArrayList<>();
            batches.add(batch);
            bytesInBatch = 0;
        }
        batch.add(entry(String.valueOf(batch.size()), body));
        bytesInBatch += bytes;
    }

    private SendMessageBatchRequestEntry entry(String id, String body) {
        var entry = SendMessageBatchRequestEntry.builder().id(id).messageBody(body);
        if (fifo) {
            String unique = UUID.randomUUID().toString();
            entry.messageGroupId(unique).messageDeduplicationId(unique);
        }
        return entry.build();
    }

    private static Job part(Job job, int from, int to) {
        return new Job(job.type(), job.channel(), job.to().subList(from, to), job.text(), job.except(), job.cursor());
    }

    /** SQS refuses these two characters; JSON need not write any as they are. */
    private static String body(Job job) {
        return job.toJson().replace("\uFFFE", "\\ufffe").replace("\uFFFF", "\\uffff");
    }
}
