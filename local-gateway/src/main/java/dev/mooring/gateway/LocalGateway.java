// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.mooring.RouteSelectionExpression;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An API Gateway WebSocket API on this machine: runs a Lambda handler in this JVM, where a debugger reaches it, behind
 * real WebSockets. Events, answers, limits, error frames, close codes and the {@code @connections} API are those of AWS.
 *
 * <pre>{@code
 * try (LocalGateway gateway = LocalGateway.builder(new ChatHandler()).port(8080).start()) {
 *     System.out.println(gateway.uri());
 *     …
 * }
 * }</pre>
 *
 * <p>Different from AWS, besides what {@code docs/local-gateway.md} lists: {@code domainName} in events has the port,
 * so that {@code http://{domainName}/{stage}} is the endpoint of {@code @connections} as it is there with https;
 * requests to it need no signature; the events of one connection are delivered one after the other, {@code
 * $disconnect} last.
 *
 * <p>Thread-safe. Several gateways run in one JVM.
 */
public final class LocalGateway implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LocalGateway.class.getPackageName());

    private final GatewayServer server;
    private final Workers workers;
    private final Ticker ticker = new Ticker();
    private final WebSocketApi api;
    private final Stage stage;
    private final Duration grace;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalGateway(Builder builder) throws IOException {
        RouteTable routes = builder.routeTable();
        QuietSlf4j.initialize();
        server = new GatewayServer(builder.host, builder.port);
        stage = Stage.at(builder.stage, builder.host, server.bind());
        grace = builder.grace;
        workers = new Workers(builder.handler.getClass().getClassLoader());
        LambdaFunction function = new LambdaFunction(builder.handler, builder.timeout, workers, builder.clock);
        Events events = new Events(stage, builder.clock);
        LambdaFunction authorizing = builder.authorizer == null
                ? function
                : new LambdaFunction(builder.authorizer, builder.timeout, workers, builder.clock);
        RequestAuthorizer authorizer =
                new RequestAuthorizer(authorizing, builder.identitySources, events, builder.clock);
        api = new WebSocketApi(routes, events, function, builder.authorizer == null ? null : authorizer, builder.clock);
        try {
            workers.start();
            server.start(api, stage, builder.files);
        } catch (Exception e) {
            stop();
            throw new IOException("The gateway did not start: " + e.getMessage(), e);
        }
        ticker.start(() -> {
            function.expire(builder.clock.instant());
            authorizing.expire(builder.clock.instant());
            api.expire(builder.clock.instant());
        });
    }

    /**
     * Begins a gateway.
     *
     * @param handler the function: called by many threads at once
     * @return a builder
     */
    public static Builder builder(RequestStreamHandler handler) {
        return new Builder(handler);
    }

    /**
     * Where clients connect.
     *
     * @return such as {@code ws://localhost:8080/dev}
     */
    public URI uri() {
        return stage.uri();
    }

    /**
     * Where {@code @connections} is.
     *
     * @return such as {@code http://localhost:8080/dev}
     */
    public URI endpoint() {
        return stage.endpoint();
    }

    /**
     * Closes every connection with code 1001, tells the function, waits a few seconds for it, and frees the port.
     * Closing again has no effect. The handler is the caller's to close.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            awaitEvents();
            stop();
        }
    }

    private void awaitEvents() {
        try {
            api.stop().get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "The handler had not ended on all events when the gateway closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            Unexpected.report(e);
        }
    }

    private void stop() {
        ticker.stop();
        try {
            server.stop();
            workers.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The gateway did not stop.", e);
        }
    }

    /** Describes a gateway. Not thread-safe. */
    public static final class Builder {

        private final RequestStreamHandler handler;
        private String host = "localhost";
        private int port = 8080;
        private String stage = "dev";
        private Set<String> routes = Set.of(RouteTable.CONNECT, RouteTable.DEFAULT, RouteTable.DISCONNECT);
        private Set<String> twoWay = Set.of();
        private RouteSelectionExpression selection = RouteSelectionExpression.parse("$request.body.action");
        private Duration timeout = Duration.ofSeconds(30);
        private @Nullable RequestStreamHandler authorizer;
        private IdentitySources identitySources = new IdentitySources(List.of());
        private InstantSource clock = InstantSource.system();
        private Duration grace = Duration.ofSeconds(5);
        private @Nullable StaticFiles files;

        private Builder(RequestStreamHandler handler) {
            this.handler = handler;
        }

        /**
         * Sets the port; without it, 8080.
         *
         * @param port the port; 0 for any that is free
         * @return this builder
         * @throws IllegalArgumentException if it is none
         */
        public Builder port(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("Not a port: " + port + ".");
            }
            this.port = port;
            return this;
        }

        /**
         * Sets the name or address to listen on; without it, {@code localhost}.
         *
         * @param host the host
         * @return this builder
         */
        public Builder host(String host) {
            this.host = host;
            return this;
        }

        /**
         * Sets the stage's name, the first part of the path; without it, {@code dev}.
         *
         * @param stage letters, digits, {@code -} and {@code _}
         * @return this builder
         * @throws IllegalArgumentException if it has anything else
         */
        public Builder stage(String stage) {
            if (!stage.matches("[A-Za-z0-9_-]{1,128}")) {
                throw new IllegalArgumentException(
                        "Not a stage name: '" + stage + "'. It has 1 to 128 letters, digits, '-' and '_'.");
            }
            this.stage = stage;
            return this;
        }

        /**
         * Sets the routes that the API has; without it, {@code $connect}, {@code $default} and {@code $disconnect}.
         *
         * @param keys the route keys
         * @return this builder
         */
        public Builder routes(String... keys) {
            routes = Set.copyOf(List.of(keys));
            return this;
        }

        /**
         * Sets the routes whose answers are sent to the client, those with a route response; without it, none.
         *
         * @param keys route keys, each one of the routes
         * @return this builder
         */
        public Builder twoWay(String... keys) {
            twoWay = Set.copyOf(List.of(keys));
            return this;
        }

        /**
         * Sets how a message's route is found; without it, {@code $request.body.action}.
         *
         * @param expression a route selection expression
         * @return this builder
         * @throws IllegalArgumentException if it is none
         */
        public Builder routeSelectionExpression(String expression) {
            selection = RouteSelectionExpression.parse(expression);
            return this;
        }

        /**
         * Sets the REQUEST authorizer that is asked about each client before {@code $connect}; without it, nobody is.
         *
         * @param function the authorizer, perhaps the handler itself: called by many threads at once
         * @param identitySources what a client has to present, or it is refused without asking: {@code
         *     route.request.header.NAME} or {@code route.request.querystring.NAME}
         * @return this builder
         * @throws IllegalArgumentException if an identity source is none
         */
        public Builder authorizer(RequestStreamHandler function, String... identitySources) {
            this.identitySources = new IdentitySources(List.of(identitySources));
            authorizer = function;
            return this;
        }

        /**
         * Sets the function's timeout; without it, 30 seconds, one more than API Gateway waits.
         *
         * @param timeout the timeout
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isZero() || timeout.isNegative()) {
                throw new IllegalArgumentException("Not a timeout: " + timeout + ".");
            }
            this.timeout = timeout;
            return this;
        }

        /**
         * Serves files at {@code /}.
         *
         * @param folder an existing folder
         * @return this builder
         * @throws IllegalArgumentException if it does not exist
         */
        public Builder staticFiles(Path folder) {
            files = StaticFiles.in(folder);
            return this;
        }

        /**
         * Serves files of the class path at {@code /}.
         *
         * @param location the folder's name, such as {@code web}
         * @return this builder
         * @throws IllegalArgumentException if there is none
         */
        public Builder staticFiles(String location) {
            files = StaticFiles.onClassPath(location);
            return this;
        }

        /**
         * Sets the clock that events and timeouts go by; without it, the system's.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /** Sets how long closing waits for what the function is doing. */
        Builder grace(Duration grace) {
            this.grace = grace;
            return this;
        }

        RouteTable routeTable() {
            if (authorizer != null && !routes.contains(RouteTable.CONNECT)) {
                throw new IllegalArgumentException(
                        "The authorizer is that of the route $connect, and there is no such route.");
            }
            return new RouteTable(routes, twoWay, selection);
        }

        /**
         * Starts the gateway.
         *
         * @return the gateway; the caller closes it
         * @throws IllegalArgumentException if a route key is none, a two-way route is none of the routes, or there is an
         *     authorizer without {@code $connect}
         * @throws BindException if the port is in use
         * @throws IOException if it does not start
         */
        public LocalGateway start() throws IOException {
            return new LocalGateway(this);
        }
    }
}
