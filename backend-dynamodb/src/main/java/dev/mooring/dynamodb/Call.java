// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.BackendException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * One call on the backend: all its requests and their retries end by one deadline. Retries are made here and not by the
 * SDK, which knows no deadline but cuts them off, and then tells nothing of what they were for. Not thread-safe.
 */
final class Call {

    private static final int FIRST_PAUSE_MILLIS = 25;
    private static final int MAX_PAUSE_MILLIS = 400;

    /** With less time left, no request is begun. */
    private static final int MIN_MILLIS = 2;

    private final Table table;
    private final String operation;
    private long deadline;
    private int maxPause = FIRST_PAUSE_MILLIS;
    private boolean hasCreated;

    /** Why the last attempt was not the last, if it said so. */
    private @Nullable SdkException lastReason;

    Call(Table table, String operation) {
        this.table = table;
        this.operation = operation;
        restart();
    }

    /**
     * Makes a request, again and again where that may help. Where the table is missing and may be created, creates it.
     *
     * @throws ConditionalCheckFailedException as an ordinary answer
     * @throws TransactionCanceledException as an ordinary answer
     * @throws BackendException for everything else
     */
    <T> T send(Function<AwsRequestOverrideConfiguration, T> request) {
        while (true) {
            try {
                T answer = Replies.whole(request.apply(limits()));
                maxPause = FIRST_PAUSE_MILLIS;
                lastReason = null;
                return answer;
            } catch (ConditionalCheckFailedException | TransactionCanceledException e) {
                throw e;
            } catch (ResourceNotFoundException e) {
                createTable(e);
            } catch (SdkException e) {
                retryAfter(e);
            }
        }
    }

    /** Returns when it is time for another attempt; fails where none may help, or there is no time for one. */
    void retryAfter(SdkException reason) {
        if (!Transience.of(reason)) {
            throw failure(reason);
        }
        if (!Transience.isSilent(reason)) {
            lastReason = reason;
        }
        pauseAfter(reason);
    }

    private void createTable(ResourceNotFoundException reason) {
        if (!table.mayCreate()) {
            throw failure(reason);
        }
        if (hasCreated) {
            // it takes a moment until a new table is known everywhere
            pauseAfter(reason);
            return;
        }
        table.create(operation);
        hasCreated = true;
        restart();
    }

    /** Full jitter, as AWS advises. */
    private void pauseAfter(SdkException reason) {
        int pause = 1 + ThreadLocalRandom.current().nextInt(maxPause);
        maxPause = Math.min(2 * maxPause, MAX_PAUSE_MILLIS);
        if (remainingMillis() < pause + MIN_MILLIS) {
            throw failure(reason);
        }
        pause(pause);
    }

    /** So much of a time, but no more than half of what is left. */
    Duration atMostHalf(Duration time) {
        return Duration.ofMillis(Math.min(time.toMillis(), remainingMillis() / 2));
    }

    void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(AbortedException.create("The thread was interrupted", e));
        }
    }

    /** What is left of the time; half of it for one attempt, so that where that one hangs there is time for another. */
    private AwsRequestOverrideConfiguration limits() {
        long remaining = remainingMillis();
        if (remaining < MIN_MILLIS) {
            throw ApiCallTimeoutException.create(table.timeout().toMillis());
        }
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(Duration.ofMillis(remaining))
                .apiCallAttemptTimeout(Duration.ofMillis(remaining / 2))
                .build();
    }

    private long remainingMillis() {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    private void restart() {
        deadline = System.nanoTime() + table.timeout().toNanos();
    }

    private BackendException failure(SdkException e) {
        return Failure.of(lastReason != null && Transience.isSilent(e) ? lastReason : e, table, operation);
    }
}
