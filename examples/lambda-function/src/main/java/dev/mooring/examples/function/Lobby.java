// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.function;

import dev.mooring.Acceptance;
import dev.mooring.CloseReason;
import dev.mooring.Connection;
import dev.mooring.Message;
import dev.mooring.WebSocketApp;

/** Everybody hears what anybody says, and who leaves. */
final class Lobby implements WebSocketApp {

    private static final String LOBBY = "lobby";
    private static final String NAME = "name";

    @Override
    public Acceptance onConnect(Connection connection) {
        String name = connection.handshake().query(NAME).orElse("somebody");
        connection.attributes().put(NAME, name);
        connection.subscribe(LOBBY);
        return Acceptance.accept();
    }

    @Override
    public void onMessage(Connection connection, Message message) {
        String name = connection.attributes().get(NAME);
        connection.publisher().publish(LOBBY, name + ": " + message.text());
    }

    @Override
    public void onDisconnect(Connection connection, CloseReason reason) {
        String name = connection.attributes().get(NAME);
        connection.publisher().publish(LOBBY, name + " left");
    }
}
