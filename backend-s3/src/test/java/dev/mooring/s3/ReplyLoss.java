// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import dev.mooring.testsupport.FaultProxy;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Loses the reply to one request of a client that is connected to a proxy. */
final class ReplyLoss implements ExecutionInterceptor {

    private final FaultProxy proxy;
    private final AtomicInteger sends = new AtomicInteger();
    private volatile int lost = -1;

    ReplyLoss(FaultProxy proxy) {
        this.proxy = proxy;
    }

    /** Loses the reply to a request, counted from 0 from now on. */
    void loseReplyTo(int request) {
        sends.set(0);
        lost = request;
    }

    /** Loses no more, and says whether there was such a request. */
    boolean end() {
        boolean happened = sends.get() > lost;
        lost = -1;
        return happened;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        if (sends.getAndIncrement() == lost) {
            proxy.cutReplyAfter(0);
        }
    }
}
