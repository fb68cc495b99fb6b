// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqs;

import dev.mooring.Job;
import dev.mooring.adapter.JobQueue;
import dev.mooring.backend.BackendException;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A queue of Amazon SQS. A message's body is a job as JSON, and the function that SQS hands it to does it. Thread-safe.
 *
 * <ul>
 *   <li>Messages go in batches, of up to 10 and 256 KiB. SQS takes 1 MiB, but a queue whose {@code MaximumMessageSize} was
 *       set, as all were before 2025, does not: a job of more than 256 KiB is split by its connections, and only one that
 *       cannot be is sent in a larger message.
 *   <li>What SQS does not take for now is sent again until the time is up, and what it refuses for good is reported when
 *       the rest has been sent.
 *   <li>In a FIFO queue each job is a group of its own, as jobs do not wait for one another.
 *   <li>The role needs {@code sqs:SendMessage} on the queue.
 * </ul>
 */
public final class SqsJobQueue implements JobQueue {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final SqsClient client;
    private final String url;
    private final Duration timeout;
    private final Runnable onClose;

    /**
     * A queue that is reached by a client of the caller's.
     *
     * @param client the client, which the queue does not close
     * @param url the queue's URL
     * @param timeout how long adding may take in all, retries included
     */
    public SqsJobQueue(SqsClient client, String url, Duration timeout) {
        this(client, url, timeout, () -> {});
    }

    private SqsJobQueue(SqsClient client, String url, Duration timeout, Runnable onClose) {
        this.client = client;
        this.url = url;
        this.timeout = timeout;
        this.onClose = onClose;
    }

    /**
     * Opens a queue, without a round trip. Adding takes at most 5 seconds.
     *
     * @param url {@code https://sqs.<region>.amazonaws.com/<account>/<name>}. A URL with another host, of a VPC endpoint
     *     or a local server, says where the queue is reached; the region then is that of the environment
     * @return the queue; the caller closes it
     * @throws IllegalArgumentException if this is no URL of a queue, or there is no region
     */
    public static SqsJobQueue open(String url) {
        SqsClient client = QueueUrl.parse(url).connect(TIMEOUT);
        return new SqsJobQueue(client, url, TIMEOUT, client::close);
    }

    /**
     * Adds jobs.
     *
     * @throws BackendException if not all of them were added for certain; adding them again may add some twice
     * @throws IllegalArgumentException if a job is too large for SQS; none was added
     */
    @Override
    public void add(List<Job> jobs) {
        Addition addition = new Addition(client, url, timeout);
        for (var batch : Batches.of(jobs, url.endsWith(".fifo"))) {
            addition.send(batch);
        }
        addition.requireAllAdded();
    }

    /** Closes the client, if the queue was opened by its URL. */
    @Override
    public void close() {
        onClose.run();
    }
}
