// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket and the means to use it.
 *
 * @param client the client, of the bucket's region
 * @param name the bucket's name
 * @param autoCreate whether to create the bucket where it is missing
 * @param timeout how long one call on the backend may take
 * @param workers for requests that are made at the same time
 */
record Bucket(S3Client client, String name, boolean autoCreate, Duration timeout, ExecutorService workers) {

    /** So many requests at once keep a thousand of them within seconds, and a small function within its sockets. */
    private static final int WORKERS = 16;

    Bucket(S3Client client, String name, boolean autoCreate, Duration timeout) {
        this(client, name, autoCreate, timeout, daemons());
    }

    private static ExecutorService daemons() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(WORKERS, WORKERS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "mooring-s3");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Which region the client is for. */
    Region region() {
        return client.serviceClientConfiguration().region();
    }

    /** Creates the bucket in the client's region; somebody who is faster is welcome. */
    void create(AwsRequestOverrideConfiguration limits) {
        CreateBucketRequest.Builder request =
                CreateBucketRequest.builder().bucket(name).overrideConfiguration(limits);
        if (!region().equals(Region.US_EAST_1)) {
            // the one region that must not be named
            request.createBucketConfiguration(c -> c.locationConstraint(region().id()));
        }
        try {
            client.createBucket(request.build());
        } catch (BucketAlreadyOwnedByYouException e) {
            return;
        } catch (S3Exception e) {
            if (!S3Failure.hasCode(e, "OperationAborted")) {
                throw e;
            }
        }
    }
}
