// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.Acceptance;
import dev.mooring.Connection;
import dev.mooring.Handshake;
import dev.mooring.Publisher;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.StoredConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A connection within one event: what was read of it, what was changed since, and the reply so far. */
final class EventConnection implements Connection {

    /** Each lost race is somebody else's success: so many in one event mean that something is wrong. */
    private static final int MAX_RACES = 100;

    enum Phase {
        OPENING,
        OPEN,
        CLOSED
    }

    private final Engine engine;
    private final String id;
    private final Phase phase;
    private final boolean twoWay;
    private final List<Change<?>> changes = new ArrayList<>();
    private @Nullable StoredConnection stored;
    private @Nullable Draft draft;
    private @Nullable String reply;
    private boolean unknown;

    private EventConnection(Engine engine, String id, Phase phase, boolean twoWay) {
        this.engine = engine;
        this.id = id;
        this.phase = phase;
        this.twoWay = twoWay;
    }

    static EventConnection opening(Engine engine, String id, Handshake handshake) {
        EventConnection connection = new EventConnection(engine, id, Phase.OPENING, false);
        connection.draft = Draft.of(handshake);
        return connection;
    }

    static EventConnection open(Engine engine, String id, boolean twoWay) {
        return new EventConnection(engine, id, Phase.OPEN, twoWay);
    }

    static EventConnection closed(Engine engine, StoredConnection stored) {
        EventConnection connection = new EventConnection(engine, stored.id(), Phase.CLOSED, false);
        connection.draft = Draft.of(stored);
        return connection;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Handshake handshake() {
        return draft().handshake;
    }

    @Override
    public Optional<String> subprotocol() {
        return Optional.ofNullable(draft().subprotocol);
    }

    @Override
    public Map<String, String> attributes() {
        return new AttributesView(this);
    }

    @Override
    public Set<String> channels() {
        return Set.copyOf(draft().channels);
    }

    @Override
    public void subscribe(String channel) {
        StoredConnection.requireName("channel name", channel);
        change(draft -> draft.channels.add(channel));
    }

    @Override
    public void unsubscribe(String channel) {
        change(draft -> draft.channels.remove(channel));
    }

    @Override
    public void send(String text) {
        requireOpen();
        sendReply();
        engine.publisher().send(id, text);
    }

    @Override
    public void reply(String text) {
        if (!twoWay) {
            send(text);
            return;
        }
        requireOpen();
        sendReply();
        engine.encode(text);
        reply = text;
    }

    /** An earlier reply goes out before what follows it, so that the client gets both in their order. */
    private void sendReply() {
        Optional<String> earlier = takeReply();
        if (earlier.isPresent()) {
            engine.publisher().send(id, earlier.get());
        }
    }

    @Override
    public void close() {
        requireOpen();
        sendReply();
        engine.publisher().close(id);
    }

    @Override
    public Publisher publisher() {
        return new EventPublisher(this, engine.publisher());
    }

    Phase phase() {
        return phase;
    }

    /** Whether the event needed what is stored of the connection, and nothing is. */
    boolean isUnknown() {
        return unknown;
    }

    Optional<String> takeReply() {
        Optional<String> taken = Optional.ofNullable(reply);
        reply = null;
        return taken;
    }

    /** What to store of a connection that the app accepted. */
    StoredConnection accepted(Acceptance acceptance, Instant now, Instant expiresAt) {
        return draft().accepted(acceptance, now).toStored(id, expiresAt);
    }

    /** The connection as it is in this event. */
    Draft draft() {
        if (draft == null) {
            draft = load();
        }
        return draft;
    }

    private Draft load() {
        stored = engine.backend.find(id).orElseThrow(this::unknown);
        Draft loaded = Draft.of(stored);
        changes.forEach(change -> change.applyTo(loaded));
        return loaded;
    }

    private UnknownConnectionException unknown() {
        unknown = true;
        return new UnknownConnectionException(id);
    }

    /** Makes a change, now and again after a lost race. */
    <T> @Nullable T change(Change<T> change) {
        if (phase == Phase.CLOSED) {
            throw new IllegalStateException("Connection " + id + " is closed: it can be read, but not changed.");
        }
        @Nullable T result = change.applyTo(draft());
        changes.add(change);
        return result;
    }

    /** Stores what was changed so far. A connection-to-be is stored when it is accepted. */
    void flush() {
        if (phase != Phase.OPEN || changes.isEmpty()) {
            return;
        }
        for (int race = 0; race < MAX_RACES; race++) {
            if (tryFlush()) {
                changes.clear();
                return;
            }
            draft = null;
        }
        throw new BackendException(
                "Connection " + id, "update", "lost " + MAX_RACES + " races; too many events change it at once", null);
    }

    private boolean tryFlush() {
        Draft next = draft();
        StoredConnection previous = stored;
        if (previous == null || !next.differsFrom(previous)) {
            return true;
        }
        Optional<StoredConnection> updated = engine.backend.update(previous, next.toStored(id, previous.expiresAt()));
        stored = updated.orElse(previous);
        return updated.isPresent();
    }

    /** Other clients can be reached while this one connects, but not itself. */
    void requireEstablished(String connectionId) {
        if (phase == Phase.OPENING && id.equals(connectionId)) {
            requireOpen();
        }
    }

    private void requireOpen() {
        if (phase == Phase.OPENING) {
            throw new IllegalStateException("Nothing can be sent to connection " + id
                    + " before onConnect has returned: the platform would call it gone."
                    + " Send on the client's first message, and reject() instead of close().");
        }
        if (phase == Phase.CLOSED) {
            throw new IllegalStateException("Connection " + id + " is closed: nothing can be sent to it.");
        }
    }
}
