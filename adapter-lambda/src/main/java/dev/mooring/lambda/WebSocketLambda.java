// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.mooring.WebSocketApp;
import dev.mooring.adapter.Engine;
import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.Dsn;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The handler of a function behind a WebSocket API of API Gateway. It answers the routes {@code $connect}, {@code
 * $disconnect}, {@code $default} and any other. Lambda makes it by a public constructor without parameters:
 *
 * <pre>{@code
 * public class ChatHandler extends WebSocketLambda {
 *     public ChatHandler() {
 *         super(new ChatApp());
 *     }
 * }
 * }</pre>
 *
 * <p>What is not set in the builder, the environment says: {@code MOORING_DSN} where connections are kept (one of both
 * must), {@code MOORING_ENDPOINT} where clients are reached on a custom domain, {@code MOORING_TWO_WAY=true} that all
 * routes have a route response.
 *
 * <p>An exception of the app or the backend is logged and answered with status 500, without details. An {@link Error}
 * and an event of another service end the invocation. Thread-safe.
 */
public class WebSocketLambda implements RequestStreamHandler, AutoCloseable {

    private final Engines engines;
    private final InstantSource clock;
    private final boolean twoWay;
    private final @Nullable Backend opened;

    /**
     * A handler with the settings of the environment.
     *
     * @param app the app to run
     * @throws IllegalArgumentException if a setting is missing or wrong
     */
    protected WebSocketLambda(WebSocketApp app) {
        this(builder(app));
    }

    /**
     * A handler.
     *
     * @param builder the app and its settings
     * @throws IllegalArgumentException if a setting is missing or wrong
     */
    protected WebSocketLambda(Builder builder) {
        clock = builder.clock;
        twoWay = builder.isTwoWay();
        Endpoint endpoint = builder.endpoint();
        Backend given = builder.backend();
        if (given == null) {
            Dsn dsn = builder.dsn();
            opened = Backends.open(dsn);
            engines = new Engines(builder, endpoint, opened, dsn.ttl());
        } else {
            opened = null;
            engines = new Engines(builder, endpoint, given, builder.ttl);
        }
    }

    /**
     * Begins a handler.
     *
     * @param app the app to run
     * @return a builder
     */
    public static Builder builder(WebSocketApp app) {
        return new Builder(app);
    }

    /**
     * Answers an event.
     *
     * @throws IllegalArgumentException if it is none of a WebSocket API
     */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        WebSocketEvent event = WebSocketEventParser.parse(text, clock.instant());
        output.write(answer(event, context).getBytes(StandardCharsets.UTF_8));
    }

    private String answer(WebSocketEvent event, Context context) {
        try {
            return run(event);
        } catch (Exception e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            String what = event.type() + " of connection " + event.connectionId() + " failed, API Gateway request "
                    + event.requestId() + ", Lambda request " + context.getAwsRequestId() + ": ";
            context.getLogger().log(what + trace, LogLevel.ERROR);
            return LambdaAnswer.FAILED;
        }
    }

    private String run(WebSocketEvent event) {
        Engine engine = engines.of(event);
        return switch (event.type()) {
            case CONNECT -> LambdaAnswer.to(engine.connect(event.connectionId(), event.handshake()));
            case MESSAGE -> LambdaAnswer.reply(engine.message(event.connectionId(), event.message(), twoWay));
            case DISCONNECT -> {
                engine.disconnect(event.connectionId(), event.closeReason());
                yield LambdaAnswer.OK;
            }
        };
    }

    /** Closes the backend, if it was opened by its DSN. */
    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
    }

    /** Collects the settings of a handler. Not thread-safe. */
    public static final class Builder {

        final WebSocketApp app;
        private @Nullable String dsn;

        @Nullable
        Backend backend;

        Duration ttl = Duration.ZERO;
        private @Nullable URI endpoint;
        private @Nullable Boolean twoWay;

        @Nullable
        CredentialsProvider credentials;

        InstantSource clock = InstantSource.system();
        Environment environment = new Environment(System.getenv());
        HttpCaller http = new HttpCaller(2_000, 5_000);

        private Builder(WebSocketApp app) {
            this.app = app;
        }

        /**
         * Where connections are kept, instead of {@code MOORING_DSN}.
         *
         * @param dsn the DSN, such as {@code dynamodb://connections}
         * @return this builder
         */
        public Builder dsn(String dsn) {
            this.dsn = dsn;
            return this;
        }

        /**
         * Where connections are kept, instead of a DSN.
         *
         * @param backend the backend, which the handler does not close
         * @param ttl how long a connection is kept after it was accepted: API Gateway ends one after 2 hours
         * @return this builder
         */
        public Builder backend(Backend backend, Duration ttl) {
            this.backend = backend;
            this.ttl = ttl;
            return this;
        }

        /**
         * Where clients are reached, instead of {@code MOORING_ENDPOINT}; needed where they connect to a custom domain.
         *
         * @param endpoint {@code https://<api id>.execute-api.<region>.amazonaws.com/<stage>}, or on a custom domain
         *     {@code https://<domain>[/<mapping key>]} without the stage; {@code http} only for this machine
         * @return this builder
         */
        public Builder endpoint(URI endpoint) {
            this.endpoint = endpoint;
            return this;
        }

        /**
         * Whether all routes have a route response, so that {@link dev.mooring.Connection#reply} can be the function's
         * answer; instead of {@code MOORING_TWO_WAY}. On a route that has none, such a reply is lost.
         *
         * @param twoWay true if so; false if not set
         * @return this builder
         */
        public Builder twoWay(boolean twoWay) {
            this.twoWay = twoWay;
            return this;
        }

        /**
         * What requests to the connection API are signed with, instead of Lambda's environment.
         *
         * @param credentials called before each request
         * @return this builder
         */
        public Builder credentials(CredentialsProvider credentials) {
            this.credentials = credentials;
            return this;
        }

        /**
         * What the time is, for expiry and signatures; the system's clock if not set.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        Builder environment(Map<String, String> variables) {
            this.environment = new Environment(variables);
            return this;
        }

        Builder http(HttpCaller http) {
            this.http = http;
            return this;
        }

        /**
         * Makes the handler.
         *
         * @return the handler
         * @throws IllegalArgumentException if a setting is missing or wrong
         */
        public WebSocketLambda build() {
            return new WebSocketLambda(this);
        }

        private @Nullable Backend backend() {
            if (backend != null && dsn != null) {
                throw new IllegalArgumentException(
                        "Both dsn(...) and backend(...) are set: give one of them to the builder.");
            }
            return backend;
        }

        private Dsn dsn() {
            String text = dsn == null ? environment.get("MOORING_DSN") : dsn;
            if (text == null) {
                throw new IllegalArgumentException("Where connections are kept is not set: set MOORING_DSN, for"
                        + " example to dynamodb://connections, or give dsn(...) or backend(...) to the builder.");
            }
            return Dsn.parse(text);
        }

        private @Nullable Endpoint endpoint() {
            Endpoints endpoints = new Endpoints(environment);
            return endpoint == null ? endpoints.configured() : endpoints.of(endpoint);
        }

        private boolean isTwoWay() {
            String value = environment.get("MOORING_TWO_WAY");
            if (twoWay != null || value == null) {
                return Boolean.TRUE.equals(twoWay);
            }
            if (!value.equals("true") && !value.equals("false")) {
                throw new IllegalArgumentException("MOORING_TWO_WAY is either true or false.");
            }
            return value.equals("true");
        }
    }
}
