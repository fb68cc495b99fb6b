// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client that asks one thing after the other. What others say is kept apart from what is answered. */
final class Client implements WebSocket.Listener {

    /** Longer than any event of this suite may take. */
    static final int LIMIT_SECONDS = 40;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<Optional<Map<?, ?>>> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    /** Connects; fails if the client is not let in. */
    static Client connect(URI uri) {
        Client client = new Client();
        client.socket = HTTP.newWebSocketBuilder().buildAsync(uri, client).join();
        return client;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            receive(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    private void receive(String text) {
        if (!text.startsWith("{")) {
            heard.add(text);
        } else if (((Map<?, ?>) Json.parse(text)).get("answer") instanceof Map<?, ?> answer) {
            answers.add(Optional.of(answer));
        } else {
            answers.add(Optional.empty());
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }

    /** Sends an action with its members; the answer, or empty if the function said that it failed. */
    Optional<Map<?, ?>> tryTo(String action, String... namesAndValues) {
        Map<String, String> message = new LinkedHashMap<>(Map.of("action", action));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            message.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        socket.sendText(Json.write(message), true).join();
        return next(answers, "an answer to " + message);
    }

    /** Sends an action that must succeed. */
    Map<?, ?> ask(String action, String... namesAndValues) {
        return tryTo(action, namesAndValues)
                .orElseThrow(() -> new AssertionError("The function failed on '" + action + "'."));
    }

    /** What somebody said, in order. */
    String hear() {
        return next(heard, "a message of somebody else");
    }

    boolean heardNothing() {
        return heard.isEmpty();
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    String id() {
        return (String) ask("look").get("id");
    }

    void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** Vanishes without a close frame. */
    void die() {
        socket.abort();
    }

    private <T> T next(BlockingQueue<T> queue, String what) {
        try {
            T next = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("No sign of " + what + " for " + LIMIT_SECONDS + " s, closed: " + closed);
            }
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
