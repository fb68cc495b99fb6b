// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Calls the handler as Lambda does, but for many events at once on one object, each on a thread of its own. */
final class LambdaFunction {

    private final RequestStreamHandler handler;
    private final String name;
    private final Duration timeout;
    private final Executor workers;
    private final InstantSource clock;
    private final Set<Invocation> running = ConcurrentHashMap.newKeySet();

    LambdaFunction(RequestStreamHandler handler, Duration timeout, Executor workers, InstantSource clock) {
        this.handler = handler;
        this.name = name(handler);
        this.timeout = timeout;
        this.workers = workers;
        this.clock = clock;
    }

    private static String name(RequestStreamHandler handler) {
        String name = handler.getClass().getSimpleName();
        return name.matches("[A-Za-z0-9_-]+") ? name : "handler";
    }

    /** Calls the handler; never blocks, never fails. */
    CompletableFuture<Outcome> invoke(Event event) {
        Instant now = clock.instant();
        InvocationContext context = new InvocationContext(name, now.plus(timeout), clock);
        Invocation invocation = new Invocation(event, context, now, timeout);
        running.add(invocation);
        Unexpected.report(invocation.outcome().thenRun(() -> running.remove(invocation)));
        try {
            workers.execute(() -> invocation.run(handler));
        } catch (RejectedExecutionException e) {
            invocation.outcome().complete(Outcome.FAILED);
        }
        return invocation.outcome();
    }

    /** Ends what has run for too long. */
    void expire(Instant now) {
        for (Invocation invocation : running) {
            invocation.expire(now);
        }
    }
}
