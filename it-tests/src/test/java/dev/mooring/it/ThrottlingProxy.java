// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.testsupport.FrontServer;
import dev.mooring.testsupport.FrontServer.Answer;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before DynamoDB Local, which has room for all, and refuses two of three requests as a table without capacity does. */
final class ThrottlingProxy implements AutoCloseable {

    private static final Answer REFUSAL = Answer.error(
            400,
            "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded.");

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final FrontServer front;
    private volatile boolean throttling;

    ThrottlingProxy(int port) {
        front = new FrontServer(port, this::refusal);
    }

    int port() {
        return front.port();
    }

    void throttle(boolean on) {
        throttling = on;
    }

    long refused() {
        return refused.get();
    }

    private Answer refusal() {
        if (throttling && requests.incrementAndGet() % 3 != 0) {
            refused.incrementAndGet();
            return REFUSAL;
        }
        return null;
    }

    @Override
    public void close() {
        front.close();
    }
}
