// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.WebSocketApp;
import dev.mooring.adapter.Engine;
import dev.mooring.adapter.EngineListener;
import dev.mooring.adapter.FanOutLimits;
import dev.mooring.adapter.Gateway;
import dev.mooring.adapter.JobQueue;
import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.Dsn;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The engine for an event: one for each connection API whose events reach this function, all on one backend. Thread-safe. */
final class Engines implements AutoCloseable {

    private final WebSocketApp app;
    private final Backend backend;
    private final @Nullable Backend opened;
    private final Duration ttl;
    private final InstantSource clock;
    private final FanOutLimits limits;
    private final @Nullable JobQueue queue;
    private final @Nullable JobQueue openedQueue;
    private final @Nullable EngineListener listener;
    private final Endpoints endpoints;
    private final Gateways gateways;
    private final @Nullable Engine configured;
    private final Engine unknown;
    private final Map<Endpoint, Engine> engines = new ConcurrentHashMap<>();

    /** Engines as the settings say; all of them are checked before a backend is opened. */
    Engines(Settings settings, @Nullable EngineListener listener) {
        app = settings.app;
        clock = settings.clock;
        limits = settings.limits();
        this.listener = listener;
        endpoints = new Endpoints(settings.environment);
        gateways = new Gateways(settings);
        Endpoint endpoint = settings.endpoint();
        Backend given = settings.backend();
        if (given == null) {
            Dsn dsn = settings.dsn();
            opened = Backends.open(dsn);
            backend = opened;
            ttl = dsn.ttl();
        } else {
            opened = null;
            backend = given;
            ttl = settings.ttl;
        }
        try {
            queue = settings.queue();
        } catch (RuntimeException e) {
            closeAll(opened, null);
            throw e;
        }
        openedQueue = settings.queue == null ? queue : null;
        configured = endpoint == null ? null : engine(gateways.at(endpoint));
        unknown = engine(new UnknownEndpoint());
    }

    Engine of(WebSocketEvent event) {
        if (configured != null) {
            return configured;
        }
        Optional<Endpoint> endpoint = endpoints.ofEvent(event.domainName(), event.stage());
        return endpoint.isPresent() ? at(endpoint.get()) : unknown;
    }

    /**
     * The engine for the endpoint that is set, where no event says which.
     *
     * @throws IllegalStateException if none is set
     */
    Engine configured() {
        if (configured == null) {
            throw new IllegalStateException("Where clients are reached is not set: set MOORING_ENDPOINT to"
                    + " https://<api id>.execute-api.<region>.amazonaws.com/<stage>, or on a custom domain to"
                    + " https://<domain>[/<mapping key>] without the stage, or give endpoint(...) to the builder.");
        }
        return configured;
    }

    /** An engine for what concerns the backend alone. */
    Engine any() {
        return unknown;
    }

    private Engine at(Endpoint endpoint) {
        Engine known = engines.get(endpoint);
        if (known != null) {
            return known;
        }
        Engine engine = engine(gateways.at(endpoint));
        Engine other = engines.putIfAbsent(endpoint, engine);
        return other == null ? engine : other;
    }

    private Engine engine(Gateway gateway) {
        return Engine.builder(app, backend, gateway)
                .ttl(ttl)
                .clock(clock)
                .limits(limits)
                .queue(queue)
                .listener(listener)
                .build();
    }

    /** Closes what was opened by its DSN or URL, and the connections to connection APIs. */
    @Override
    public void close() {
        gateways.close();
        closeAll(opened, openedQueue);
    }

    private static void closeAll(@Nullable Backend backend, @Nullable JobQueue queue) {
        if (queue != null) {
            queue.close();
        }
        if (backend != null) {
            backend.close();
        }
    }
}
