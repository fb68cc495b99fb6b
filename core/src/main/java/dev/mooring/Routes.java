// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import dev.mooring.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link WebSocketApp} made of one function per route key.
 *
 * <pre>{@code
 * WebSocketApp chat = Routes.builder()
 *     .onConnect(connection -> Acceptance.accept())
 *     .on("join", this::join)
 *     .on("say", this::say)
 *     .onDefault((connection, message) -> connection.reply("What?"))
 *     .onDisconnect(this::left)
 *     .build();
 * }</pre>
 *
 * <p>A message that no route matches, where there is no {@code $default}, is answered as API Gateway does: {@code
 * {"message": "Forbidden", …}}.
 */
public final class Routes implements WebSocketApp {

    private static final String DEFAULT = "$default";

    private final Function<Connection, Acceptance> onConnect;
    private final Map<String, BiConsumer<Connection, Message>> onMessage;
    private final BiConsumer<Connection, CloseReason> onDisconnect;
    private final @Nullable RouteSelectionExpression selection;

    private Routes(Builder builder) {
        onConnect = builder.onConnect;
        onMessage = Map.copyOf(builder.onMessage);
        onDisconnect = builder.onDisconnect;
        selection = builder.selection;
    }

    /**
     * Begins an app.
     *
     * @return a builder without any route
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Acceptance onConnect(Connection connection) {
        return onConnect.apply(connection);
    }

    @Override
    public void onMessage(Connection connection, Message message) {
        String routeKey =
                selection == null || message.isBinary() ? message.routeKey() : selection.select(message.text());
        BiConsumer<Connection, Message> route = onMessage.get(routeKey);
        if (route == null) {
            route = onMessage.getOrDefault(DEFAULT, Routes::forbid);
        }
        route.accept(connection, message);
    }

    private static void forbid(Connection connection, Message message) {
        connection.reply("{\"message\": \"Forbidden\", \"connectionId\":" + Json.write(connection.id())
                + ", \"requestId\":" + Json.write(message.id()) + "}");
    }

    @Override
    public void onDisconnect(Connection connection, CloseReason reason) {
        onDisconnect.accept(connection, reason);
    }

    /** Collects routes. Not thread-safe. */
    public static final class Builder {

        private Function<Connection, Acceptance> onConnect = connection -> Acceptance.accept();
        private final Map<String, BiConsumer<Connection, Message>> onMessage = new LinkedHashMap<>();
        private BiConsumer<Connection, CloseReason> onDisconnect = (connection, reason) -> {};
        private @Nullable RouteSelectionExpression selection;

        private Builder() {}

        /**
         * Answers {@code $connect}; without it, everybody is accepted.
         *
         * @param route the function
         * @return this builder
         */
        public Builder onConnect(Function<Connection, Acceptance> route) {
            onConnect = route;
            return this;
        }

        /**
         * Handles the messages of a route.
         *
         * @param routeKey the route key: any text that does not begin with {@code $}, which API Gateway reserves
         * @param route the function
         * @return this builder
         * @throws IllegalArgumentException if the route key is reserved, or has a function already
         */
        public Builder on(String routeKey, BiConsumer<Connection, Message> route) {
            if (routeKey.startsWith("$")) {
                throw new IllegalArgumentException(
                        "The route key " + routeKey + " is reserved: use onConnect, onDefault or onDisconnect.");
            }
            return add(routeKey, route);
        }

        /**
         * Handles the messages that no other route matches.
         *
         * @param route the function
         * @return this builder
         * @throws IllegalArgumentException if there is one already
         */
        public Builder onDefault(BiConsumer<Connection, Message> route) {
            return add(DEFAULT, route);
        }

        private Builder add(String routeKey, BiConsumer<Connection, Message> route) {
            if (onMessage.putIfAbsent(routeKey, route) != null) {
                throw new IllegalArgumentException("The route key " + routeKey + " has a function already.");
            }
            return this;
        }

        /**
         * Handles {@code $disconnect}.
         *
         * @param route the function
         * @return this builder
         */
        public Builder onDisconnect(BiConsumer<Connection, CloseReason> route) {
            onDisconnect = route;
            return this;
        }

        /**
         * Selects routes here, for an API that sends everything to {@code $default}, instead of by {@link
         * Message#routeKey}.
         *
         * @param expression a route selection expression such as {@code $request.body.action}
         * @return this builder
         * @throws IllegalArgumentException if it is none
         */
        public Builder selectBy(String expression) {
            selection = RouteSelectionExpression.parse(expression);
            return this;
        }

        /**
         * Ends the app.
         *
         * @return the app
         */
        public Routes build() {
            return new Routes(this);
        }
    }
}
