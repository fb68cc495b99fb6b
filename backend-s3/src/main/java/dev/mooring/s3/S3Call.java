// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One call on the backend: all its requests end by one deadline, however often they are retried. Thread-safe. */
final class S3Call {

    private static final long PAUSE_MILLIS = 100;

    private final Bucket bucket;
    private final long deadline;

    S3Call(Bucket bucket) {
        this.bucket = bucket;
        this.deadline = System.nanoTime() + bucket.timeout().toNanos();
    }

    /** Makes a request; where the bucket is missing and may be created, creates it and makes the request again. */
    <T> T send(Function<AwsRequestOverrideConfiguration, T> request) {
        for (boolean created = false; ; created = true) {
            try {
                return Replies.whole(request.apply(limits()));
            } catch (UncheckedIOException e) {
                // so the SDK lets through that a listing broke off
                throw SdkClientException.create(e.getMessage(), e.getCause());
            } catch (S3Exception e) {
                if (!bucket.autoCreate() || !S3Failure.hasCode(e, "NoSuchBucket")) {
                    throw e;
                }
                if (created) {
                    pause();
                } else {
                    bucket.create(limits());
                }
            }
        }
    }

    /** Makes a request for each key, several at a time, and returns the responses in order. */
    <T> List<T> sendAll(Collection<String> keys, Function<String, T> request) {
        List<T> responses = new ArrayList<>(keys.size());
        if (keys.size() < 2) {
            keys.forEach(key -> responses.add(request.apply(key)));
            return responses;
        }
        List<Callable<T>> tasks = new ArrayList<>(keys.size());
        keys.forEach(key -> tasks.add(() -> request.apply(key)));
        try {
            for (Future<T> future : bucket.workers().invokeAll(tasks, remainingMillis(), TimeUnit.MILLISECONDS)) {
                responses.add(future.get());
            }
            return responses;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (CancellationException e) {
            throw outOfTime();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** A new bucket may take a moment until it is seen everywhere. */
    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static AbortedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return AbortedException.create("the thread was interrupted", e);
    }

    /** What is left of the time, two thirds of it for one attempt: where that hangs, there is time for another. */
    private AwsRequestOverrideConfiguration limits() {
        Duration remaining = Duration.ofMillis(remainingMillis());
        return AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(remaining)
                .apiCallAttemptTimeout(remaining.multipliedBy(2).dividedBy(3))
                .build();
    }

    private long remainingMillis() {
        long remaining = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (remaining < 2) {
            throw outOfTime();
        }
        return remaining;
    }

    private ApiCallTimeoutException outOfTime() {
        return ApiCallTimeoutException.create(bucket.timeout().toMillis());
    }
}
