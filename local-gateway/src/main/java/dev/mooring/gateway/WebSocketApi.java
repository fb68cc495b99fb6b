// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import dev.mooring.CloseReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One deployed WebSocket API: who is connected, and what the function hears of it. Thread-safe; nothing here blocks.
 */
final class WebSocketApi {

    /** What the server says when it ends a connection that was idle or open for too long, or when it stops. */
    private static final CloseReason GOING_AWAY = new CloseReason(1001, "Going away");

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final RouteTable routes;
    private final Events events;
    private final LambdaFunction function;
    private final @Nullable RequestAuthorizer authorizer;
    private final InstantSource clock;
    private final Map<String, ClientConnection> connections = new ConcurrentHashMap<>();
    private final Map<ClientConnection, Instant> closing = new ConcurrentHashMap<>();
    private final Work work = new Work();
    private volatile boolean stopping;

    WebSocketApi(
            RouteTable routes,
            Events events,
            LambdaFunction function,
            @Nullable RequestAuthorizer authorizer,
            InstantSource clock) {
        this.routes = routes;
        this.events = events;
        this.function = function;
        this.authorizer = authorizer;
        this.clock = clock;
    }

    Optional<ClientConnection> find(String id) {
        return Optional.ofNullable(connections.get(id));
    }

    /** Asks the authorizer, if there is one, and the function whether to let a client in. If so, the client is connected from then on. */
    CompletableFuture<Admission> connect(Handshake handshake) {
        ClientConnection connection = new ClientConnection(handshake, clock.instant());
        if (stopping) {
            return CompletableFuture.completedFuture(Admission.unavailable(connection));
        }
        if (!routes.has(RouteTable.CONNECT)) {
            return CompletableFuture.completedFuture(admit(Admission.accepted(connection)));
        }
        CompletableFuture<Admission> admission = authorizer == null
                ? ask(connection)
                : authorizer
                        .ask(connection)
                        .thenCompose(authorized -> authorized.isAccepted()
                                ? ask(connection)
                                : CompletableFuture.completedFuture(authorized));
        work.add(admission);
        return admission;
    }

    private CompletableFuture<Admission> ask(ClientConnection connection) {
        Event event = events.connect(connection);
        return function.invoke(event).thenApply(outcome -> admit(Admission.of(connection, event, outcome)));
    }

    private Admission admit(Admission admission) {
        if (admission.isAccepted()) {
            connections.put(admission.connection().id(), admission.connection());
            if (stopping) {
                close(admission.connection(), GOING_AWAY);
            }
        }
        return admission;
    }

    /** A client sent a message. The result is done when the function has handled it, and does not fail. */
    CompletableFuture<Void> receive(ClientConnection connection, String body) {
        if (!connections.containsKey(connection.id())) {
            return CompletableFuture.completedFuture(null);
        }
        connection.touch(clock.instant());
        CompletableFuture<Void> handled = connection.events().add(() -> deliver(connection, body));
        work.add(handled);
        return handled;
    }

    private CompletableFuture<Void> deliver(ClientConnection connection, String body) {
        String route = routes.select(body);
        if (route == null) {
            send(connection, ErrorFrame.forbidden(events.message(connection, RouteTable.DEFAULT, body)));
            return CompletableFuture.completedFuture(null);
        }
        Event event = events.message(connection, route, body);
        return function.invoke(event).thenAccept(outcome -> answer(connection, event, outcome));
    }

    private void answer(ClientConnection connection, Event event, Outcome outcome) {
        String answer =
                switch (outcome.status()) {
                    case TIMED_OUT -> ErrorFrame.timedOut(event);
                    case FAILED -> ErrorFrame.internalError(event);
                    case ANSWERED -> routes.isTwoWay(event.routeKey()) ? reply(event, outcome.answer()) : null;
                };
        if (answer != null) {
            send(connection, answer);
        }
    }

    /** What a two-way route sends: an answer's body, if it has one. */
    private static @Nullable String reply(Event event, String text) {
        HandlerAnswer answer = HandlerAnswer.parse(event, text);
        return answer == null ? ErrorFrame.internalError(event) : answer.body();
    }

    /** Sends a message; false if too much is waiting for this client already. */
    boolean send(ClientConnection connection, String message) {
        boolean sent = connection.outbox().offer(message.getBytes(StandardCharsets.UTF_8));
        if (sent) {
            connection.touch(clock.instant());
        }
        return sent;
    }

    /** Ends a connection from this side. */
    void close(ClientConnection connection, CloseReason reason) {
        closing.put(connection, clock.instant().plus(CLOSE_TIMEOUT));
        // Before the client hears of it: its answer comes with a reason of its own.
        closed(connection, reason);
        work.add(connection.outbox().close(reason));
    }

    /** A connection has ended; the first reason counts. */
    void closed(ClientConnection connection, CloseReason reason) {
        if (connection.end()) {
            connections.remove(connection.id());
            if (routes.has(RouteTable.DISCONNECT)) {
                work.add(connection.events().add(() -> disconnect(connection, reason)));
            }
        }
    }

    /** A connection's socket is no more. */
    void gone(ClientConnection connection, CloseReason reason) {
        closing.remove(connection);
        connection.outbox().gone();
        closed(connection, reason);
    }

    private CompletableFuture<Void> disconnect(ClientConnection connection, CloseReason reason) {
        return function.invoke(events.disconnect(connection, reason)).thenAccept(outcome -> {});
    }

    /** Closes what is idle or open for too long, and drops clients that do not answer a close. */
    void expire(Instant now) {
        for (ClientConnection connection : connections.values()) {
            if (connection.isExpired(now)) {
                close(connection, GOING_AWAY);
            }
        }
        closing.forEach((connection, deadline) -> {
            if (!now.isBefore(deadline) && closing.remove(connection, deadline)) {
                connection.outbox().abort();
            }
        });
    }

    /** Lets nobody in any more and closes every connection. The result is done when the function has heard of it. */
    CompletableFuture<Void> stop() {
        stopping = true;
        for (ClientConnection connection : connections.values()) {
            close(connection, GOING_AWAY);
        }
        // Twice: a client that was let in meanwhile has left work of its own.
        return work.finished().thenCompose(done -> work.finished());
    }
}
