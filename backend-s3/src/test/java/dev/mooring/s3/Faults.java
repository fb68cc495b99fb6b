// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Lets a client fail at one of its requests, and at all that follow, as if its process had died there. */
final class Faults implements ExecutionInterceptor {

    /** Whether the request at which it dies still takes effect. */
    enum Death {
        BEFORE_THE_REQUEST,
        AFTER_THE_REQUEST
    }

    private final AtomicInteger requests = new AtomicInteger();
    private volatile int last = Integer.MAX_VALUE;
    private volatile Death death = Death.BEFORE_THE_REQUEST;

    /** Dies at a request, counted from 0 from now on. */
    void dieAt(int request, Death death) {
        requests.set(0);
        this.death = death;
        last = request;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        int request = requests.getAndIncrement();
        if (request > last || (request == last && death == Death.BEFORE_THE_REQUEST)) {
            throw SdkClientException.create("died before request " + request);
        }
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        if (requests.get() > last) {
            throw SdkClientException.create("died after a request");
        }
    }
}
