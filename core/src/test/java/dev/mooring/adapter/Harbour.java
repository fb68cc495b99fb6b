// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.Acceptance;
import dev.mooring.CloseReason;
import dev.mooring.Connection;
import dev.mooring.Handshake;
import dev.mooring.Message;
import dev.mooring.SendException;
import dev.mooring.WebSocketApp;
import dev.mooring.backend.Backend;
import dev.mooring.backend.MemoryBackends;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An engine in a test: an app whose answers the test sets, {@code memory://} with its calls counted, a gateway that
 * remembers what it was asked to do, and a clock that the test moves.
 */
final class Harbour implements WebSocketApp, Gateway {

    static final Duration TTL = Duration.ofMinutes(130);

    volatile Instant now = Instant.parse("2026-11-21T12:00:00Z");
    final CountingBackend backend = new CountingBackend(MemoryBackends.open(() -> now));
    final Engine engine =
            Engine.builder(this, backend, this).ttl(TTL).clock(() -> now).build();

    Function<Connection, Acceptance> onConnect = connection -> Acceptance.accept();
    BiConsumer<Connection, Message> onMessage = (connection, message) -> {};
    BiConsumer<Connection, CloseReason> onDisconnect = (connection, reason) -> {};

    /** What went out, as {@code id<text}, and {@code id!} for a close. */
    final List<String> sent = Collections.synchronizedList(new ArrayList<>());

    final Set<String> gone = new HashSet<>();
    final Set<String> refused = new HashSet<>();

    /** Connects a client long enough ago to be found gone. */
    void connect(String id) {
        engine.connect(id, handshake());
        now = now.plusSeconds(10);
        backend.calls();
    }

    Handshake handshake() {
        return Handshake.at(now).build();
    }

    Optional<String> message(String id) {
        return engine.message(id, Message.text("m1", "$default", "hello"), false);
    }

    Optional<String> twoWayMessage(String id) {
        return engine.message(id, Message.text("m1", "$default", "hello"), true);
    }

    void onMessage(Consumer<Connection> answer) {
        onMessage = (connection, message) -> answer.accept(connection);
    }

    Map<String, String> attributes(String id) {
        return engine.publisher().attributes(id).orElseThrow();
    }

    List<String> members(String channel) {
        return engine.publisher().members(channel).sorted().toList();
    }

    Backend store() {
        return backend;
    }

    @Override
    public Acceptance onConnect(Connection connection) {
        return onConnect.apply(connection);
    }

    @Override
    public void onMessage(Connection connection, Message message) {
        onMessage.accept(connection, message);
    }

    @Override
    public void onDisconnect(Connection connection, CloseReason reason) {
        onDisconnect.accept(connection, reason);
    }

    @Override
    public int maxMessageBytes() {
        return 128;
    }

    @Override
    public boolean post(String connectionId, byte[] message) {
        if (refused.contains(connectionId)) {
            throw new SendException(403, "refused", null);
        }
        if (gone.contains(connectionId)) {
            return false;
        }
        sent.add(connectionId + "<" + new String(message, StandardCharsets.UTF_8));
        return true;
    }

    @Override
    public boolean close(String connectionId) {
        sent.add(connectionId + "!");
        return !gone.contains(connectionId);
    }
}
