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
import dev.mooring.backend.BackendException;
import dev.mooring.backend.StoredConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
     * gone: one that is found gone so soon after it was stored is kept, unless a message has come from it.
     *
     * <p>Kept means put back, since one delete is all that a client found gone may cost. Two events may fall into the gap,
     * rarely: a disconnect finds nothing and the app is told later, when the client is found gone again, or never, when
     * the record expires first; the client's first message finds nothing, and the client is closed and connects anew.
     */
    private static final Duration ESTABLISHING = Duration.ofSeconds(5);

    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final CloseReason FOUND_GONE = new CloseReason(1006, "gone");
    private static final System.Logger LOG = System.getLogger(Engine.class.getName());

    final Backend backend;
    final Gateway gateway;
    final FanOutLimits limits;
    final RateLimit rate;
    final @Nullable JobQueue queue;
    final EngineListener listener;
    private final WebSocketApp app;
    private final Duration ttl;
    private final InstantSource clock;
    private final Supplier<Executor> workers;
    private final Instant deadline;

    /** How long posts that are under way are waited for when the time is up. */
    final Duration grace;

    private final EnginePublisher publisher = new EnginePublisher(this);

    private Engine(Builder builder) {
        this.app = builder.app;
        EngineListener given = builder.listener;
        this.listener = given == null ? new EngineListener() {} : given;
        this.backend = given == null ? builder.backend : new TimedBackend(builder.backend, given);
        this.gateway = builder.gateway;
        this.ttl = builder.ttl;
        this.clock = builder.clock;
        this.limits = builder.limits;
        this.rate = new RateLimit(limits.perSecond());
        this.queue = builder.queue;
        this.workers = new Lazy<>(() -> Workers.start(limits.concurrency()));
        this.deadline = Instant.MAX;
        this.grace = GRACE;
    }

    private Engine(Engine engine, Instant deadline, Duration grace) {
        this.app = engine.app;
        this.backend = engine.backend;
        this.gateway = engine.gateway;
        this.ttl = engine.ttl;
        this.clock = engine.clock;
        this.limits = engine.limits;
        this.rate = engine.rate;
        this.queue = engine.queue;
        this.workers = engine.workers;
        this.listener = engine.listener;
        this.deadline = deadline;
        this.grace = grace;
    }

    /**
     * Begins an engine.
     *
     * @param app the app to run
     * @param backend where its connections are kept; not closed by the engine
     * @param gateway how its clients are reached
     * @return a builder
     */
    public static Builder builder(WebSocketApp app, Backend backend, Gateway gateway) {
        return new Builder(app, backend, gateway);
    }

    /**
     * The same engine with limited time: publishing stops when it is up, and what is left goes to the queue or into the
     * report.
     *
     * @param deadline when the time is up
     * @param grace how long posts that are under way are waited for then; leave time after that, to hand over what is left
     * @return an engine that shares everything with this one
     */
    public Engine until(Instant deadline, Duration grace) {
        return new Engine(this, deadline, grace);
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
            Instant now = clock.instant();
            backend.save(connection.accepted(acceptance, now, now.plus(ttl)));
            listener.connected();
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
        listener.received();
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
            listener.disconnected();
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
     * Removes what has expired, on stores that do not do so by themselves.
     *
     * @return how many connections were removed
     */
    public int purgeExpired() {
        return backend.purgeExpired();
    }

    boolean hasDeadline() {
        return !deadline.equals(Instant.MAX);
    }

    boolean isTimeUp() {
        return !clock.instant().isBefore(deadline);
    }

    Executor workers() {
        return workers.get();
    }

    /** Removes a connection that the gateway calls gone. The app is to be told of what this returns. */
    Optional<StoredConnection> depart(String connectionId) {
        Optional<StoredConnection> left = backend.delete(connectionId);
        if (left.isPresent() && isEstablishing(left.get())) {
            putBack(left.get());
            return Optional.empty();
        }
        return left;
    }

    /** Tries twice: without its record a client that is alive would be closed at its next message. */
    private void putBack(StoredConnection record) {
        try {
            backend.save(record);
        } catch (BackendException e) {
            backend.save(record);
        }
    }

    /**
     * Tells the app of connections that were found gone. All of them have been removed by now: what the app then
     * publishes meets none of them.
     */
    void tell(Collection<StoredConnection> left) {
        for (StoredConnection connection : left) {
            listener.disconnected();
            try {
                app.onDisconnect(EventConnection.closed(this, connection), FOUND_GONE);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "onDisconnect failed for connection " + connection.id(), e);
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
        Instant accepted = ConnectionState.fromJson(record.state()).establishing();
        return accepted != null && accepted.plus(ESTABLISHING).isAfter(clock.instant());
    }

    /** Collects the settings of an engine. Not thread-safe. */
    public static final class Builder {

        private final WebSocketApp app;
        private final Backend backend;
        private final Gateway gateway;
        private Duration ttl = Duration.ofMinutes(130);
        private InstantSource clock = InstantSource.system();
        private FanOutLimits limits = FanOutLimits.DEFAULT;
        private @Nullable JobQueue queue;
        private @Nullable EngineListener listener;

        private Builder(WebSocketApp app, Backend backend, Gateway gateway) {
            this.app = app;
            this.backend = backend;
            this.gateway = gateway;
        }

        /**
         * How long a connection is kept after it was accepted; 130 minutes if not set.
         *
         * @param ttl the time, see {@link dev.mooring.backend.Dsn#ttl}
         * @return this builder
         */
        public Builder ttl(Duration ttl) {
            this.ttl = ttl;
            return this;
        }

        /**
         * What the time is; the system's clock if not set.
         *
         * @param clock the clock
         * @return this builder
         */
        public Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /**
         * How fast messages to many go out; {@link FanOutLimits#DEFAULT} if not set.
         *
         * @param limits the limits
         * @return this builder
         */
        public Builder limits(FanOutLimits limits) {
            this.limits = limits;
            return this;
        }

        /**
         * Where to put what there is no time for, and large channels in parts; nowhere if not set.
         *
         * @param queue the queue, or null for none
         * @return this builder
         */
        public Builder queue(@Nullable JobQueue queue) {
            this.queue = queue;
            return this;
        }

        /**
         * Who hears what the engine does; nobody if not set.
         *
         * @param listener the listener, or null for nobody
         * @return this builder
         */
        public Builder listener(@Nullable EngineListener listener) {
            this.listener = listener;
            return this;
        }

        /**
         * Makes the engine.
         *
         * @return the engine
         */
        public Engine build() {
            return new Engine(this);
        }
    }
}
