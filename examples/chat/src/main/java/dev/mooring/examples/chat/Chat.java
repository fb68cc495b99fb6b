// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.chat;

import dev.mooring.CloseReason;
import dev.mooring.Connection;
import dev.mooring.Message;
import dev.mooring.Routes;
import dev.mooring.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The chat. A room is a channel, and so is a nickname, for whispers; the nickname is an attribute of its connection. Who
 * uses the same nickname twice, say on a phone and a laptop, is one person with two devices.
 */
final class Chat {

    private static final String ROOM = "room:";
    private static final String NICK = "nick:";
    private static final int MAX_ROOMS = 50;

    private Chat() {}

    static Routes app() {
        return Routes.builder()
                .on("join", answering(Chat::join))
                .on("say", answering(Chat::say))
                .on("whisper", answering(Chat::whisper))
                .on("who", answering(Chat::who))
                .on("leave", answering(Chat::leave))
                .onDefault(answering((connection, request) -> {
                    throw new ChatException("Unknown action; known are join, say, whisper, who and leave.");
                }))
                .onDisconnect(Chat::disconnected)
                .build();
    }

    private static void join(Connection connection, Request request) {
        String room = request.name("room");
        String nick = request.name("nick");
        List<String> rooms = rooms(connection);
        if (rooms.size() >= MAX_ROOMS && !rooms.contains(room)) {
            throw new ChatException("You are in " + MAX_ROOMS + " rooms; leave one to join another.");
        }
        String known = connection.attributes().putIfAbsent("nick", nick);
        if (known != null && !known.equals(nick)) {
            throw new ChatException("You are " + known + "; leave all rooms to change your name.");
        }
        connection.subscribe(NICK + nick);
        connection.subscribe(ROOM + room);
        connection.publisher().publish(ROOM + room, event("joined", "room", room, "nick", nick));
    }

    private static void say(Connection connection, Request request) {
        String room = joined(connection, request);
        String said = event("said", "room", room, "from", nick(connection), "text", request.text("text"));
        connection.publisher().publish(ROOM + room, said);
    }

    private static void whisper(Connection connection, Request request) {
        String to = request.name("to");
        String whispered = event("whispered", "from", nick(connection), "text", request.text("text"));
        if (connection.publisher().publish(NICK + to, whispered).delivered() == 0) {
            throw new ChatException("Nobody here is called " + to + ".");
        }
    }

    private static void who(Connection connection, Request request) {
        String room = request.name("room");
        Set<String> nicks = new TreeSet<>();
        connection.publisher().members(ROOM + room).forEach(id -> connection
                .publisher()
                .attributes(id)
                .flatMap(attributes -> Optional.ofNullable(attributes.get("nick")))
                .ifPresent(nicks::add));
        connection.reply(event("who", "room", room, "nicks", nicks));
    }

    private static void leave(Connection connection, Request request) {
        String room = joined(connection, request);
        String left = event("left", "room", room, "nick", nick(connection));
        connection.unsubscribe(ROOM + room);
        if (rooms(connection).isEmpty()) {
            connection.unsubscribe(NICK + nick(connection));
            connection.attributes().remove("nick");
        }
        connection.publisher().publish(ROOM + room, left);
        connection.reply(left);
    }

    private static void disconnected(Connection connection, CloseReason reason) {
        for (String room : rooms(connection)) {
            connection.publisher().publish(ROOM + room, event("left", "room", room, "nick", nick(connection)));
        }
    }

    private static List<String> rooms(Connection connection) {
        return connection.channels().stream()
                .filter(channel -> channel.startsWith(ROOM))
                .map(channel -> channel.substring(ROOM.length()))
                .toList();
    }

    private static String joined(Connection connection, Request request) {
        String room = request.name("room");
        if (!connection.channels().contains(ROOM + room)) {
            throw new ChatException("You are not in the room " + room + ".");
        }
        return room;
    }

    private static String nick(Connection connection) {
        return Optional.ofNullable(connection.attributes().get("nick"))
                .orElseThrow(() -> new ChatException("Join a room first."));
    }

    private static String event(String type, Object... namesAndValues) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", type);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            event.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return Json.write(event);
    }

    /** What a client did wrong is told to this client only. */
    private static BiConsumer<Connection, Message> answering(BiConsumer<Connection, Request> action) {
        return (connection, message) -> {
            try {
                action.accept(connection, Request.parse(message));
            } catch (ChatException e) {
                connection.reply(event("error", "message", String.valueOf(e.getMessage())));
            }
        };
    }
}
