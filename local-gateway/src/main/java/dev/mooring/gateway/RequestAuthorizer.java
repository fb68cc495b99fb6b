// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks a function who may connect, before {@code $connect}: a REQUEST authorizer. Each client is asked about anew. */
final class RequestAuthorizer {

    private final LambdaFunction function;
    private final IdentitySources sources;
    private final Events events;
    private final InstantSource clock;

    RequestAuthorizer(LambdaFunction function, IdentitySources sources, Events events, InstantSource clock) {
        this.function = function;
        this.sources = sources;
        this.events = events;
        this.clock = clock;
    }

    /** Lets a client in, so far, or not. What the function says of it is kept with the connection. */
    CompletableFuture<Admission> ask(ClientConnection connection) {
        Event event = events.authorize(connection);
        if (!sources.areAllIn(connection.handshake())) {
            return CompletableFuture.completedFuture(unauthorized(connection, event));
        }
        Instant asked = clock.instant();
        return function.invoke(event).thenApply(outcome -> admission(connection, event, outcome, asked));
    }

    private Admission admission(ClientConnection connection, Event event, Outcome outcome, Instant asked) {
        if (outcome.isUnauthorized()) {
            return unauthorized(connection, event);
        }
        AuthorizerAnswer answer =
                outcome.status() == Outcome.Status.ANSWERED ? AuthorizerAnswer.parse(event, outcome.answer()) : null;
        if (answer == null) {
            return new Admission(connection, 500, null, ErrorFrame.internalError(event));
        }
        if (!answer.policy().allows(events.methodArn())) {
            return new Admission(connection, 403, null, ErrorFrame.forbidden(event));
        }
        Map<String, Object> context = new LinkedHashMap<>(answer.context());
        context.put(
                "integrationLatency", Duration.between(asked, clock.instant()).toMillis());
        connection.authorize(context);
        return Admission.accepted(connection);
    }

    private static Admission unauthorized(ClientConnection connection, Event event) {
        return new Admission(connection, 401, null, ErrorFrame.unauthorized(event));
    }
}
