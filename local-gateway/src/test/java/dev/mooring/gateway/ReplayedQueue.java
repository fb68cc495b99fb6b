// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.mooring.Job;
import dev.mooring.adapter.JobQueue;
import dev.mooring.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/** A queue that hands its jobs to a function as SQS does: in batches, and again those that were not done. */
final class ReplayedQueue implements JobQueue {

    private static final int BATCH = 10;

    private final BlockingQueue<String> bodies = new LinkedBlockingQueue<>();

    @Override
    public void add(List<Job> jobs) {
        jobs.forEach(job -> bodies.add(job.toJson()));
    }

    /** Calls the function until the queue is empty, and returns how often that was. */
    int drain(RequestStreamHandler function, Supplier<Context> contexts) throws IOException {
        int calls = 0;
        for (; !bodies.isEmpty(); calls++) {
            List<String> batch = new ArrayList<>();
            bodies.drainTo(batch, BATCH);
            for (int failed : call(function, batch, contexts.get())) {
                bodies.add(batch.get(failed));
            }
        }
        return calls;
    }

    private static List<Integer> call(RequestStreamHandler function, List<String> batch, Context context)
            throws IOException {
        List<Map<String, String>> records = new ArrayList<>();
        for (String body : batch) {
            String id = Integer.toString(records.size());
            records.add(Map.of("messageId", id, "body", body, "eventSource", "aws:sqs"));
        }
        String event = Json.write(Map.of("Records", records));
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        function.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, context);
        return failures(answer.toString(StandardCharsets.UTF_8));
    }

    private static List<Integer> failures(String answer) {
        List<?> failures = (List<?>) ((Map<?, ?>) Json.parse(answer)).get("batchItemFailures");
        return failures.stream()
                .map(failure -> Integer.valueOf((String) ((Map<?, ?>) failure).get("itemIdentifier")))
                .toList();
    }
}
