// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Does something else before one of a client's requests, while that waits. */
final class Interruption implements ExecutionInterceptor {

    private final AtomicInteger left = new AtomicInteger(-1);
    private volatile Runnable action = () -> {};

    /** Does it before a request, counted from 0 from now on. */
    void before(int request, Runnable action) {
        this.action = action;
        left.set(request);
    }

    /** Does it no more, and says whether there was such a request. */
    boolean end() {
        return left.getAndSet(-1) < 0;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        if (left.getAndDecrement() == 0) {
            action.run();
        }
    }
}
