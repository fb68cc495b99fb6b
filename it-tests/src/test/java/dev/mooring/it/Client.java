// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A WebSocket client: the JDK's. */
final class Client implements WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final Consumer<String> listener;
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    private Client() {
        listener = received::add;
    }

    private Client(Consumer<String> listener) {
        this.listener = listener;
    }

    static Client connect(URI uri) {
        return new Client().open(uri);
    }

    /** Connects; fails if the client is not let in. The listener hears each message, and {@link #receive} none. */
    static Client connect(URI uri, Consumer<String> listener) {
        return new Client(listener).open(uri);
    }

    private Client open(URI uri) {
        socket = HTTP.newWebSocketBuilder().buildAsync(uri, this).join();
        return this;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            listener.accept(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
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

    boolean isOpen() {
        return !closed.isDone();
    }

    void send(String message) {
        socket.sendText(message, true).join();
    }

    String receive() throws InterruptedException {
        String message = received.poll(60, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("No message came.");
        }
        return message;
    }

    /** Sends a message and waits for the next one. */
    String ask(String message) throws InterruptedException {
        send(message);
        return receive();
    }

    void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** Vanishes without a close frame. */
    void die() {
        socket.abort();
    }
}
