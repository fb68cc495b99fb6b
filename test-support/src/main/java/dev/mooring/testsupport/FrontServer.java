// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a server that speaks AWS's JSON protocol, gives the answers that it never gives, and passes on the
 * requests that it has none for. Thread-safe.
 */
public final class FrontServer implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final URI behind;
    private final Supplier<@Nullable Answer> answers;
    private final HttpServer server;

    /**
     * Starts the server, on a free port of this machine.
     *
     * @param port where the server is that it stands in front of
     * @param answers gives the answer to the next request, or null to pass it on; called by several threads
     * @throws UncheckedIOException if it cannot start
     */
    public FrontServer(int port, Supplier<@Nullable Answer> answers) {
        behind = URI.create("http://localhost:" + port + "/");
        this.answers = answers;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /**
     * An answer to a request.
     *
     * @param status the HTTP status
     * @param body the body, in JSON
     */
    public record Answer(int status, String body) {

        /**
         * An error as AWS words it.
         *
         * @param status the HTTP status
         * @param type the error's code behind its name space, as in {@code com.amazonaws.sqs#InternalError}
         * @param message what happened, in characters that JSON does not escape
         * @return the answer
         */
        public static Answer error(int status, String type, String message) {
            return new Answer(status, "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}");
        }
    }

    /**
     * Where this server listens.
     *
     * @return a port of this machine
     */
    public int port() {
        return server.getAddress().getPort();
    }

    /**
     * What it was asked.
     *
     * @return the bodies of all requests so far, also of those that were passed on
     */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        requests.add(new String(request, StandardCharsets.UTF_8));
        Answer answer = answers.get();
        if (answer == null) {
            HttpResponse<byte[]> passed = pass(exchange, request);
            reply(exchange, passed.statusCode(), passed.body());
        } else {
            reply(exchange, answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] request) throws IOException {
        HttpRequest.Builder passed = HttpRequest.newBuilder(behind).POST(BodyPublishers.ofByteArray(request));
        for (String header : List.of("Content-Type", "X-Amz-Target", "X-Amz-Date", "Authorization")) {
            passed.header(header, exchange.getRequestHeaders().getFirst(header));
        }
        try {
            return client.send(passed.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Stops the server. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
