// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.BackendException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** One call on the backend: all its requests and their retries end by one deadline. Not thread-safe. */
final class Call {

    private static final int MAX_PAUSE_MILLIS = 50;

    /** With less time left, no request is begun. */
    private static final int MIN_MILLIS = 2;

    private final Table table;
    private final String operation;
    private long deadline;

    Call(Table table, String operation) {
        this.table = table;
        this.operation = operation;
        restart();
    }

    /**
     * Makes a request. Where the table is missing, it is created if it may be, and the request made again. What another
     * transaction stood in the way of is tried again, too; the SDK does not do that.
     *
     * @throws ConditionalCheckFailedException as an ordinary answer
     * @throws TransactionCanceledException as an ordinary answer, where a condition did not hold
     * @throws BackendException for everything else
     */
    <T> T send(Function<AwsRequestOverrideConfiguration, T> request) {
        boolean created = false;
        while (true) {
            try {
                return request.apply(limits());
            } catch (ConditionalCheckFailedException e) {
                throw e;
            } catch (ResourceNotFoundException e) {
                if (!table.mayCreate()) {
                    throw failure(e);
                }
                if (created) {
                    pauseAfter(e);
                } else {
                    createTable();
                    created = true;
                }
            } catch (TransactionCanceledException e) {
                if (Cancellation.isRefusal(e)) {
                    throw e;
                }
                if (!Cancellation.isTransient(e)) {
                    throw failure(e);
                }
                pauseAfter(e);
            } catch (TransactionConflictException e) {
                pauseAfter(e);
            } catch (SdkException e) {
                throw failure(e);
            }
        }
    }

    private void createTable() {
        try {
            table.create();
        } catch (SdkException e) {
            throw failure(e);
        }
        restart();
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

    private void restart() {
        deadline = System.nanoTime() + table.timeout().toNanos();
    }

    /** Waits a moment, or gives up for the reason given where there is no time for another attempt. */
    private void pauseAfter(SdkException reason) {
        int pause = ThreadLocalRandom.current().nextInt(MAX_PAUSE_MILLIS);
        if (remainingMillis() < pause + MIN_MILLIS) {
            throw failure(reason);
        }
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(AbortedException.create("The thread was interrupted", e));
        }
    }

    private long remainingMillis() {
        return TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    }

    private BackendException failure(SdkException e) {
        return Failure.of(e, table, operation);
    }
}
