// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A real WebSocket client of the chat. */
final class ChatClient implements WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    static ChatClient connect(URI uri) {
        ChatClient client = new ChatClient();
        client.socket = HTTP.newWebSocketBuilder().buildAsync(uri, client).join();
        return client;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            received.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    /** Sends an action with its members: {@code send("join", "room", "lobby", "nick", "ann")}. */
    void send(String action, String... namesAndValues) {
        Map<String, String> message = new LinkedHashMap<>(Map.of("action", action));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            message.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        sendText(Json.write(message));
    }

    void sendText(String text) {
        socket.sendText(text, true).join();
    }

    /** Joins and waits until everybody, this client too, was told. */
    ChatClient join(String room, String nick) {
        send("join", "room", room, "nick", nick);
        String joined = "{\"type\":\"joined\",\"room\":\"" + room + "\",\"nick\":\"" + nick + "\"}";
        while (!receive().equals(joined)) {
            // others join at the same time
        }
        return this;
    }

    String receive() {
        try {
            String message = received.poll(60, TimeUnit.SECONDS);
            assertThat(message).as("a message").isNotNull();
            return message;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void assertReceives(String message) {
        assertThat(receive()).isEqualTo(message);
    }

    void assertReceivedNothing() {
        assertThat(received).isEmpty();
    }

    void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** Vanishes without a close frame. */
    void die() {
        socket.abort();
    }
}
