// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.WebSocketApp;
import dev.mooring.adapter.Engine;
import dev.mooring.adapter.Gateway;
import dev.mooring.backend.Backend;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The engine for an event: one for each connection API whose events reach this function. Thread-safe. */
final class Engines {

    private final WebSocketApp app;
    private final Backend backend;
    private final Duration ttl;
    private final InstantSource clock;
    private final Endpoints endpoints;
    private final Gateways gateways;
    private final @Nullable Engine configured;
    private final Engine unknown;
    private final Map<Endpoint, Engine> engines = new ConcurrentHashMap<>();

    Engines(Settings settings, @Nullable Endpoint configured, Backend backend, Duration ttl) {
        this.app = settings.app;
        this.backend = backend;
        this.ttl = ttl;
        this.clock = settings.clock;
        this.endpoints = new Endpoints(settings.environment);
        this.gateways = new Gateways(settings);
        this.configured = configured == null ? null : engine(gateways.at(configured));
        this.unknown = engine(new UnknownEndpoint());
    }

    Engine of(WebSocketEvent event) {
        if (configured != null) {
            return configured;
        }
        Optional<Endpoint> endpoint = endpoints.ofEvent(event.domainName(), event.stage());
        return endpoint.isPresent() ? at(endpoint.get()) : unknown;
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
        return Engine.builder(app, backend, gateway).ttl(ttl).clock(clock).build();
    }
}
