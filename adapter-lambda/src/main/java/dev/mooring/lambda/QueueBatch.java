// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.mooring.Job;
import dev.mooring.Publisher;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does the jobs that SQS hands to a function, and collects those that it is to hand out again. */
final class QueueBatch {

    private final Publisher publisher;
    private final InstantSource clock;
    private final Instant deadline;
    private final LambdaLogger log;
    private final List<String> failures = new ArrayList<>();

    QueueBatch(Publisher publisher, InstantSource clock, Instant deadline, LambdaLogger log) {
        this.publisher = publisher;
        this.clock = clock;
        this.deadline = deadline;
        this.log = log;
    }

    /** Does the jobs in their order, and returns the ids of the messages whose jobs were not done. */
    List<String> run(List<?> records) {
        for (Object entry : records) {
            Map<String, String> record = Values.texts(entry);
            String id = record.getOrDefault("messageId", "");
            String problem = problem(record.getOrDefault("body", ""));
            if (problem != null) {
                failures.add(id);
                log.log("Job of message " + id + " was not done: " + problem, LogLevel.ERROR);
            }
        }
        return failures;
    }

    /** Does a job, and says why it is not done; null if it is. */
    private @Nullable String problem(String body) {
        if (!clock.instant().isBefore(deadline)) {
            return "no time was left. It comes again.";
        }
        Job job;
        try {
            job = Job.fromJson(body);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
        try {
            boolean done = publisher.run(job).rest().isEmpty();
            return done
                    ? null
                    : "time ran out, and there is no queue for the rest: all of it comes again. Give queue(...) to"
                            + " the builder, or send smaller jobs.";
        } catch (RuntimeException e) {
            return StackTrace.of(e);
        }
    }
}
