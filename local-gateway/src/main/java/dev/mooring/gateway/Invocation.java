// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** One call of the function. Its outcome is what happens first: the handler's end, or one of the two timeouts. */
final class Invocation {

    private static final System.Logger LOG = System.getLogger(Invocation.class.getPackageName());

    private final Event event;
    private final InvocationContext context;
    private final Instant functionDeadline;
    private final Instant integrationDeadline;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    Invocation(Event event, InvocationContext context, Instant start, Duration timeout) {
        this.event = event;
        this.context = context;
        this.functionDeadline = start.plus(timeout);
        this.integrationDeadline = start.plus(Limits.INTEGRATION);
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }

    /** Calls the handler. That it failed is logged even if nobody waits for its answer any more. */
    void run(RequestStreamHandler handler) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            handler.handleRequest(
                    new ByteArrayInputStream(event.json().getBytes(StandardCharsets.UTF_8)), answer, context);
            outcome.complete(Outcome.answered(answer.toString(StandardCharsets.UTF_8)));
        } catch (IOException | RuntimeException | Error e) {
            Outcome failure = Outcome.failed(e);
            if (!event.isAuthorizers() || !failure.isUnauthorized()) {
                LOG.log(System.Logger.Level.ERROR, "The handler failed on " + event, e);
            }
            outcome.complete(failure);
        }
    }

    /** The function is not stopped: on AWS it goes on too where only the gateway stops waiting. */
    void expire(Instant now) {
        if (!now.isBefore(functionDeadline) && outcome.complete(Outcome.FAILED)) {
            LOG.log(System.Logger.Level.ERROR, "The handler did not end within the function's timeout on " + event);
        } else if (!now.isBefore(integrationDeadline) && outcome.complete(Outcome.TIMED_OUT)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The handler did not answer within " + Limits.INTEGRATION.toSeconds() + " s on " + event);
        }
    }
}
