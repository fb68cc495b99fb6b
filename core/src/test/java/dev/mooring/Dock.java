// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import dev.mooring.adapter.Engine;
import dev.mooring.adapter.Gateway;
import dev.mooring.backend.Backends;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs an app for one client, {@code c1=}, who is connected if the app accepts it. */
final class Dock implements Gateway {

    final List<String> sent = new ArrayList<>();
    final Acceptance acceptance;
    private final Engine engine;

    Dock(WebSocketApp app) {
        engine = Engine.builder(app, Backends.open("memory://"), this).build();
        acceptance = engine.connect("c1=", Handshake.at(Instant.EPOCH).build());
    }

    void message(Message message) {
        engine.message("c1=", message, false);
    }

    void disconnect(CloseReason reason) {
        engine.disconnect("c1=", reason);
    }

    @Override
    public int maxMessageBytes() {
        return 1000;
    }

    @Override
    public boolean post(String connectionId, byte[] message) {
        return sent.add(new String(message, StandardCharsets.UTF_8));
    }

    @Override
    public boolean close(String connectionId) {
        return sent.add("close");
    }
}
