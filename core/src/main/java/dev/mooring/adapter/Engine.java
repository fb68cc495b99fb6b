// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.Acceptance;
import dev.mooring.CloseReason;
import dev.mooring.Handshake;
import dev.mooring.Message;
import dev.mooring.Publisher;
import dev.mooring.WebSocketApp;
import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Runs an app through connect, message and disconnect, on a backend and a gateway. Thread-safe.
 *
 * <p>What an event costs in calls on the backend:
 *
 * <ul>
 *   <li>connect: one {@code save}; none if the app rejects
 *   <li>message: none if the app touches no state; one {@code find} if it reads; one {@code find} and one {@code update}
 *       however much it changes, and the same again for each lost race
 *   <li>disconnect, and a client found gone: one {@code delete}; whose delete found the record runs {@code onDisconnect}
 * </ul>
 */
public final class Engine {

    /**
     * A record is stored before the platform learns that the client is accepted, and until it does it calls the client
     * gone: one that is found gone so soon after it was stored is kept.
     */
    private static final Duration ESTABLISHING = Duration.ofSeconds(5);

    private static final CloseReason FOUND_GONE = new CloseReason(1006, "gone");
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());

    final Backend backend;
    final Gateway gateway;
    private final WebSocketApp app;
    private final Duration ttl;
    private final InstantSource clock;
    private final EnginePublisher publisher = new EnginePublisher(this);

    /**
     * Puts the parts together.
     *
     * @param app the app
     * @param backend where its connections are kept; not closed by the engine
     * @param gateway how its clients are reached
     * @param ttl how long a connection is kept after it was accepted, see {@link dev.mooring.backend.Dsn#ttl}
     * @param clock what the time is
     */
    public Engine(WebSocketApp app, Backend backend, Gateway gateway, Duration ttl, InstantSource clock) {
        this.app = app;
        this.backend = backend;
        this.gateway = gateway;
        this.ttl = ttl;
        this.clock = clock;
    }

    /**
     * Asks the app whether a client may connect, and stores it if so.
     *
     * @param connectionId the platform's id of the connection-to-be
     * @param handshake what the client presented
     * @return the app's answer
     */
    public Acceptance connect(String connectionId, Handshake handshake) {
        EventConnection connection = EventConnection.opening(this, connectionId, handshake);
        Acceptance acceptance = app.onConnect(connection);
        if (acceptance.isAccepted()) {
            backend.save(connection.accepted(acceptance, clock.instant().plus(ttl)));
        }
        return acceptance;
    }

    /**
     * Hands a message to the app. Where the app needs the connection's state and there is none (it expired, or its record
     * was lost), the connection is closed, so that the client connects anew.
     *
     * @param connectionId the sender
     * @param message what it sent
     * @param twoWay whether the platform sends the result to the client
     * @return the reply to send to the client; empty where there is none, and always where the route is not two-way
     */
    public Optional<String> message(String connectionId, Message message, boolean twoWay) {
        EventConnection connection = EventConnection.open(this, connectionId, twoWay);
        try {
            app.onMessage(connection, message);
            connection.flush();
        } catch (RuntimeException e) {
            if (!connection.isUnknown()) {
                throw e;
            }
        }
        if (connection.isUnknown()) {
            gateway.close(connectionId);
            return Optional.empty();
        }
        return connection.takeReply();
    }

    /**
     * Removes a connection and tells the app, if nobody has done so before.
     *
     * @param connectionId the connection
     * @param reason why it closed
     */
    public void disconnect(String connectionId, CloseReason reason) {
        Optional<StoredConnection> left = backend.delete(connectionId);
        if (left.isPresent()) {
            app.onDisconnect(EventConnection.closed(this, left.get()), reason);
        }
    }

    /**
     * Reaches clients outside of events.
     *
     * @return a publisher; thread-safe
     */
    public Publisher publisher() {
        return publisher;
    }

    /**
     * Removes connections that the gateway calls gone. All records go before the app hears of the first: what it then
     * publishes meets no client that is known to be gone.
     */
    void departed(Collection<String> connectionIds) {
        List<StoredConnection> left = new ArrayList<>();
        for (String id : connectionIds) {
            Optional<StoredConnection> record = backend.delete(id);
            if (record.isPresent() && isEstablishing(record.get())) {
                backend.save(record.get());
            } else {
                record.ifPresent(left::add);
            }
        }
        for (StoredConnection record : left) {
            try {
                app.onDisconnect(EventConnection.closed(this, record), FOUND_GONE);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "onDisconnect failed for connection " + record.id(), e);
            }
        }
    }

    /** The message as it goes out. */
    byte[] encode(String text) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        if (message.length > gateway.maxMessageBytes()) {
            throw new IllegalArgumentException("The message has " + message.length + " bytes, and at most "
                    + gateway.maxMessageBytes() + " can be sent. Split it, or send a link to it.");
        }
        return message;
    }

    private boolean isEstablishing(StoredConnection record) {
        return record.expiresAt().minus(ttl).plus(ESTABLISHING).isAfter(clock.instant());
    }
}
