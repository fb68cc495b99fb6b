// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** One client, from the moment it asks to be let in. Thread-safe. */
final class ClientConnection {

    private final String id = Ids.next();
    private final Handshake handshake;
    private final Instant connectedAt;
    private final Outbox outbox = new Outbox();
    private final EventQueue events = new EventQueue();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Instant lastActiveAt;
    private volatile Map<String, Object> authorizer = Map.of();

    ClientConnection(Handshake handshake, Instant connectedAt) {
        this.handshake = handshake;
        this.connectedAt = connectedAt;
        this.lastActiveAt = connectedAt;
    }

    String id() {
        return id;
    }

    Handshake handshake() {
        return handshake;
    }

    Instant connectedAt() {
        return connectedAt;
    }

    Instant lastActiveAt() {
        return lastActiveAt;
    }

    /** A message came or went; pings do not count. */
    void touch(Instant now) {
        lastActiveAt = now;
    }

    /** Keeps what the authorizer said of the client, for its events. */
    void authorize(Map<String, Object> context) {
        authorizer = context;
    }

    /** What the authorizer said; empty where none was asked. */
    Map<String, Object> authorizer() {
        return authorizer;
    }

    Outbox outbox() {
        return outbox;
    }

    EventQueue events() {
        return events;
    }

    /** Marks the connection as gone; true for the first who does. */
    boolean end() {
        return ended.compareAndSet(false, true);
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(lastActiveAt.plus(Limits.IDLE)) || !now.isBefore(connectedAt.plus(Limits.CONNECTION));
    }

    /** As events and {@code GET @connections} show it. */
    Map<String, String> identity() {
        Map<String, String> identity = new LinkedHashMap<>();
        if (handshake.userAgent() != null) {
            identity.put("userAgent", handshake.userAgent());
        }
        identity.put("sourceIp", handshake.sourceIp());
        return identity;
    }
}
