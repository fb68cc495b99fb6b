// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqs;

import dev.mooring.backend.BackendException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Sends batches by one deadline. The SDK repeats requests that fail; messages that fail are repeated here. */
final class Addition {

    private static final int FIRST_PAUSE_MILLIS = 50;
    private static final int MAX_PAUSE_MILLIS = 800;

    /** What SQS needs to answer a request; with less time left none is begun, unless the whole time is short. */
    private static final int USUAL_MILLIS = 250;

    private final SqsClient client;
    private final String url;
    private final Failure failure;
    private final Duration timeout;
    private final long deadline;
    private final long minMillis;
    private final List<BatchResultErrorEntry> refused = new ArrayList<>();

    Addition(SqsClient client, String url, Duration timeout) {
        this.client = client;
        this.url = url;
        this.failure = new Failure(url, timeout);
        this.timeout = timeout;
        this.deadline = System.nanoTime() + timeout.toNanos();
        this.minMillis = Math.max(2, Math.min(USUAL_MILLIS, timeout.toMillis() / 4));
    }

    /**
     * Sends a batch; those of its messages that SQS refuses for good are remembered.
     *
     * @throws BackendException if it is unknown whether the others were added, or there is no time to try again
     */
    void send(List<SendMessageBatchRequestEntry> batch) {
        List<SendMessageBatchRequestEntry> left = batch;
        List<BatchResultErrorEntry> failed = List.of();
        for (int maxPause = FIRST_PAUSE_MILLIS; !left.isEmpty(); maxPause = Math.min(2 * maxPause, MAX_PAUSE_MILLIS)) {
            failed = request(left, failed);
            left = worthAnotherAttempt(left, failed);
            if (!left.isEmpty()) {
                pause(maxPause, failed);
            }
        }
    }

    /**
     * Reports what was refused.
     *
     * @throws BackendException if anything was
     */
    void requireAllAdded() {
        if (!refused.isEmpty()) {
            throw failure.ofMessages(refused);
        }
    }

    /** Makes a request. Where there is no time for it, what SQS said before of these messages is why they failed. */
    private List<BatchResultErrorEntry> request(
            List<SendMessageBatchRequestEntry> entries, List<BatchResultErrorEntry> failedBefore) {
        try {
            AwsRequestOverrideConfiguration limits = limits();
            return client.sendMessageBatch(
                            request -> request.queueUrl(url).entries(entries).overrideConfiguration(limits))
                    .failed();
        } catch (ApiCallTimeoutException | ApiCallAttemptTimeoutException e) {
            throw failedBefore.isEmpty() ? failure.of(e) : failure.ofMessages(failedBefore);
        } catch (SdkException e) {
            throw failure.of(e);
        }
    }

    private List<SendMessageBatchRequestEntry> worthAnotherAttempt(
            List<SendMessageBatchRequestEntry> sent, List<BatchResultErrorEntry> failed) {
        Set<String> again = failed.stream()
                .filter(entry -> !isRefusal(entry))
                .map(BatchResultErrorEntry::id)
                .collect(Collectors.toSet());
        failed.stream().filter(Addition::isRefusal).forEach(refused::add);
        return sent.stream().filter(entry -> again.contains(entry.id())).toList();
    }

    private static boolean isRefusal(BatchResultErrorEntry entry) {
        return Boolean.TRUE.equals(entry.senderFault());
    }

    /** Full jitter, as AWS advises. */
    private void pause(int maxMillis, List<BatchResultErrorEntry> failed) {
        int pause = 1 + ThreadLocalRandom.current().nextInt(maxMillis);
        if (remainingMillis() < pause + minMillis) {
            throw failure.ofMessages(failed);
        }
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure.of(AbortedException.create("The thread was interrupted", e));
        }
    }

    /** What is left of the time; half of it for one attempt, so that where that one hangs there is time for another. */
    private AwsRequestOverrideConfiguration limits() {
        long remaining = remainingMillis();
        if (remaining < minMillis) {
            throw ApiCallTimeoutException.create(timeout.toMillis());
        }
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(Duration.ofMillis(remaining))
                .apiCallAttemptTimeout(Duration.ofMillis(remaining / 2))
                .build();
    }

    private long remainingMillis() {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }
}
