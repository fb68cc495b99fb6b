// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client: the JDK's. */
final class Client implements WebSocket.Listener {

    /** How a connection ended. */
    record Close(int code, String reason) {}

    static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int LIMIT_SECONDS = 60;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Close> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    static Client connect(URI uri) {
        return connect(HTTP.newWebSocketBuilder(), uri);
    }

    static Client connect(WebSocket.Builder builder, URI uri) {
        Client client = new Client();
        client.socket = builder.buildAsync(uri, client).join();
        return client;
    }

    static CompletableFuture<Client> connectAsync(URI uri) {
        Client client = new Client();
        return HTTP.newWebSocketBuilder().buildAsync(uri, client).thenApply(socket -> {
            client.socket = socket;
            return client;
        });
    }

    /** The status of a handshake that was refused. */
    static int refusal(URI uri) {
        try {
            connect(uri);
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
        throw new AssertionError("The client was let in.");
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

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closed.complete(new Close(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }

    Client send(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    WebSocket socket() {
        return socket;
    }

    String receive() throws InterruptedException {
        String message = received.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("No message came.");
        }
        return message;
    }

    BlockingQueue<String> received() {
        return received;
    }

    void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    Close awaitClose() throws Exception {
        return closed.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
