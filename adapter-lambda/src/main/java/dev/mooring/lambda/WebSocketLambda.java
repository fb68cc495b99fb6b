// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.mooring.WebSocketApp;
import dev.mooring.adapter.JobQueue;
import dev.mooring.backend.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * The handler of a function behind a WebSocket API of API Gateway. It answers the routes {@code $connect}, {@code
 * $disconnect}, {@code $default} and any other; REQUEST authorizers; batches of SQS whose messages are {@link
 * dev.mooring.Job jobs}; and schedules of EventBridge, which purge what has expired. Lambda makes it by a public
 * constructor without parameters:
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
 * routes have a route response, {@code MOORING_CONCURRENCY} and {@code MOORING_RATE} how fast messages to many go out,
 * {@code MOORING_QUEUE_URL} where what there is no time for waits,
 * {@code MOORING_METRICS=emf} that {@link EmfMetrics} are written.
 *
 * <p>Publishing stops 2 seconds before the function's time is up, or at four fifths of a time under 10 seconds.
 *
 * <p>An exception of the app or the backend is logged and answered with status 500, without details. An {@link Error}
 * and an event of another service end the invocation. Thread-safe.
 */
public class WebSocketLambda implements RequestStreamHandler, AutoCloseable {

    private final Invocations invocations;

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
        invocations = new Invocations(builder.settings);
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
     * @throws IllegalArgumentException if it is of no kind that is known
     */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        output.write(invocations.answer(text, context).getBytes(StandardCharsets.UTF_8));
    }

    /** Closes the backend and the queue, if they were opened by their DSN and URL, and the connections to the API. */
    @Override
    public void close() {
        invocations.close();
    }

    /** Collects the settings of a handler. Not thread-safe. */
    public static final class Builder {

        final Settings settings;

        private Builder(WebSocketApp app) {
            settings = new Settings(app);
        }

        /**
         * Where connections are kept, instead of {@code MOORING_DSN}.
         *
         * @param dsn the DSN, such as {@code dynamodb://connections}
         * @return this builder
         */
        public Builder dsn(String dsn) {
            settings.dsn = dsn;
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
            settings.backend = backend;
            settings.ttl = ttl;
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
            settings.endpoint = endpoint;
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
            settings.twoWay = twoWay;
            return this;
        }

        /**
         * How many posts of a message to many are under way at once, instead of {@code MOORING_CONCURRENCY}.
         *
         * @param posts the number, 1 to 1,000; 32 if not set
         * @return this builder
         */
        public Builder concurrency(int posts) {
            settings.concurrency = posts;
            return this;
        }

        /**
         * How many posts begin in a second at most, instead of {@code MOORING_RATE}. The account's limit counts all its
         * APIs and functions in the region together.
         *
         * @param perSecond the number, 1 to 1,000,000; 10,000 if not set
         * @return this builder
         */
        public Builder rate(int perSecond) {
            settings.rate = perSecond;
            return this;
        }

        /**
         * Where publishing puts what there is no time for, and channels of more than a thousand in parts, instead of
         * {@code MOORING_QUEUE_URL}; nowhere if neither is set. A function that SQS gives these jobs to does them.
         *
         * @param queue the queue, which the handler does not close
         * @return this builder
         */
        public Builder queue(JobQueue queue) {
            settings.queue = queue;
            return this;
        }

        /**
         * Who decides which clients may connect, where this function is the API's REQUEST authorizer too.
         *
         * @param authorizer called for each client that wants to connect
         * @return this builder
         */
        public Builder authorizer(Authorizer authorizer) {
            settings.authorizer = authorizer;
            return this;
        }

        /**
         * What counts what happens, instead of {@code MOORING_METRICS=emf}; nothing if not set.
         *
         * @param metrics the metrics
         * @return this builder
         */
        public Builder metrics(EmfMetrics metrics) {
            settings.metrics = metrics;
            return this;
        }

        /**
         * What requests to the connection API are signed with, instead of Lambda's environment.
         *
         * @param credentials called before each request
         * @return this builder
         */
        public Builder credentials(CredentialsProvider credentials) {
            settings.credentials = credentials;
            return this;
        }

        /**
         * What the time is, for expiry and signatures; the system's clock if not set.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(InstantSource clock) {
            settings.clock = clock;
            return this;
        }

        Builder environment(Map<String, String> variables) {
            settings.environment = new Environment(variables);
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
    }
}
