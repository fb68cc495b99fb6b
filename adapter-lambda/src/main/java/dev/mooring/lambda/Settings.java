// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.WebSocketApp;
import dev.mooring.adapter.FanOutLimits;
import dev.mooring.adapter.JobQueue;
import dev.mooring.backend.Backend;
import dev.mooring.backend.Dsn;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What a handler is made of: what its builder was given, else what the environment says. */
final class Settings {

    final WebSocketApp app;

    @Nullable
    String dsn;

    @Nullable
    Backend backend;

    Duration ttl = Duration.ZERO;

    @Nullable
    URI endpoint;

    @Nullable
    Boolean twoWay;

    @Nullable
    Integer concurrency;

    @Nullable
    Integer rate;

    @Nullable
    JobQueue queue;

    @Nullable
    Authorizer authorizer;

    @Nullable
    EmfMetrics metrics;

    @Nullable
    CredentialsProvider credentials;

    InstantSource clock = InstantSource.system();
    Environment environment = new Environment(System.getenv());

    Settings(WebSocketApp app) {
        this.app = app;
    }

    /** The backend that was given; null where a DSN is to be opened. */
    @Nullable
    Backend backend() {
        if (backend != null && dsn != null) {
            throw new IllegalArgumentException(
                    "Both dsn(...) and backend(...) are set: give one of them to the builder.");
        }
        return backend;
    }

    Dsn dsn() {
        String text = dsn == null ? environment.get("MOORING_DSN") : dsn;
        if (text == null) {
            throw new IllegalArgumentException("Where connections are kept is not set: set MOORING_DSN, for example to"
                    + " dynamodb://connections, or give dsn(...) or backend(...) to the builder.");
        }
        return Dsn.parse(text);
    }

    /** The endpoint that is set; null where events tell theirs. */
    @Nullable
    Endpoint endpoint() {
        Endpoints endpoints = new Endpoints(environment);
        return endpoint == null ? endpoints.configured() : endpoints.of(endpoint);
    }

    boolean isTwoWay() {
        String value = environment.get("MOORING_TWO_WAY");
        if (twoWay != null || value == null) {
            return Boolean.TRUE.equals(twoWay);
        }
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException("MOORING_TWO_WAY is either true or false.");
        }
        return value.equals("true");
    }

    /** The queue that was given, or the one that the environment names, opened anew; null where there is none. */
    @Nullable
    JobQueue queue() {
        String url = environment.get("MOORING_QUEUE_URL");
        return queue != null || url == null ? queue : Queues.open(url);
    }

    /** Who counts what happens; null where nobody does. */
    @Nullable
    EmfMetrics metrics() {
        String value = environment.get("MOORING_METRICS");
        if (metrics != null || value == null) {
            return metrics;
        }
        if (!value.equals("emf")) {
            throw new IllegalArgumentException("MOORING_METRICS is emf, or not set.");
        }
        return new EmfMetrics();
    }

    FanOutLimits limits() {
        return new FanOutLimits(
                number(concurrency, "MOORING_CONCURRENCY", FanOutLimits.DEFAULT.concurrency()),
                number(rate, "MOORING_RATE", FanOutLimits.DEFAULT.perSecond()));
    }

    private int number(@Nullable Integer given, String variable, int otherwise) {
        String value = environment.get(variable);
        if (given != null || value == null) {
            return given == null ? otherwise : given;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(variable + " is not a whole number.");
        }
    }
}
