// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.CloseReason;
import dev.mooring.Connection;
import dev.mooring.Message;
import dev.mooring.Routes;
import dev.mooring.WebSocketApp;
import dev.mooring.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The app of this suite. It counts for each connection and answers how far it got, so that a client knows what was
 * acknowledged, and the store can be asked later whether it still knows.
 */
final class Ledger {

    static final String[] MESSAGES = {"add", "join", "leave", "say", "tell", "look"};

    private static final String COUNT = "count";

    private Ledger() {}

    static WebSocketApp app() {
        return Routes.builder()
                .on("add", (connection, message) -> {
                    connection
                            .attributes()
                            .merge(COUNT, "1", (count, one) -> String.valueOf(1 + Long.parseLong(count)));
                    look(connection);
                })
                .on("join", (connection, message) -> {
                    connection.subscribe(text(message, "channel"));
                    look(connection);
                })
                .on("leave", (connection, message) -> {
                    connection.unsubscribe(text(message, "channel"));
                    look(connection);
                })
                .on("say", (connection, message) -> {
                    var report = connection.publisher().publish(text(message, "channel"), text(message, "text"));
                    reply(connection, Map.of("delivered", report.delivered(), "gone", report.gone()));
                })
                .on("tell", (connection, message) -> {
                    boolean told = connection.publisher().send(text(message, "to"), text(message, "text"));
                    reply(connection, Map.of("told", told));
                })
                .on("look", (connection, message) -> look(connection))
                .onDisconnect(Ledger::tellOthers)
                .build();
    }

    private static void look(Connection connection) {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("id", connection.id());
        seen.put(COUNT, Long.valueOf(connection.attributes().getOrDefault(COUNT, "0")));
        seen.put("channels", new TreeSet<>(connection.channels()).stream().toList());
        reply(connection, seen);
    }

    private static void tellOthers(Connection connection, CloseReason reason) {
        for (String channel : Set.copyOf(connection.channels())) {
            connection.publisher().publish(channel, "left " + connection.id());
        }
    }

    private static void reply(Connection connection, Map<String, ?> answer) {
        connection.reply(Json.write(Map.of("answer", answer)));
    }

    private static String text(Message message, String name) {
        return (String) ((Map<?, ?>) Json.parse(message.text())).get(name);
    }
}
