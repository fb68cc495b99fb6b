// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.Acceptance;
import dev.mooring.CloseReason;
import dev.mooring.Connection;
import dev.mooring.Message;
import dev.mooring.WebSocketApp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/** A function whose app does what a test says, and keeps who left. */
abstract class AppTest implements WebSocketApp {

    static final String OK = "{\"statusCode\":200}";

    final TestFunction function = new TestFunction(this);
    final List<String> left = new ArrayList<>();
    Function<Connection, Acceptance> onConnect = connection -> Acceptance.accept();
    Consumer<Connection> onMessage = connection -> {};
    Consumer<Connection> onDisconnect = connection -> {};

    @Override
    public Acceptance onConnect(Connection connection) {
        return onConnect.apply(connection);
    }

    @Override
    public void onMessage(Connection connection, Message message) {
        onMessage.accept(connection);
    }

    @Override
    public void onDisconnect(Connection connection, CloseReason reason) {
        left.add(connection.id() + " " + reason.code() + " " + connection.attributes());
        onDisconnect.accept(connection);
    }

    String connect(String id) {
        return function.invoke(Events.connect(id));
    }

    String message(String id) {
        return function.invoke(Events.message(id));
    }

    String disconnect(String id) {
        return function.invoke(Events.disconnect(id));
    }

    @AfterEach
    void close() {
        function.close();
    }
}
