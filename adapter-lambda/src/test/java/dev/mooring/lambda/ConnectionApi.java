// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Plays {@code @connections}: records what arrives and answers as told, 200 unless told otherwise. */
final class ConnectionApi implements AutoCloseable {

    /** A request as it arrived; the path as it was sent. */
    record Request(String method, String path, Map<String, String> headers, String body) {

        @Override
        public String toString() {
            return method + " " + path + (body.isEmpty() ? "" : " " + body);
        }
    }

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile HttpHandler answer = exchange -> respond(exchange, 200);

    ConnectionApi() throws IOException {
        this(HttpServer.create());
    }

    ConnectionApi(HttpServer server) throws IOException {
        this.server = server;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(new Request(
                exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), headers, body));
        answer.handle(exchange);
        exchange.close();
    }

    /** What is to happen from now on, after a request was recorded. */
    void answer(HttpHandler answer) {
        this.answer = answer;
    }

    void answer(int status) {
        answer(exchange -> respond(exchange, status));
    }

    static void respond(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    int port() {
        return server.getAddress().getPort();
    }

    String host() {
        return "127.0.0.1:" + port();
    }

    URI endpoint() {
        return URI.create("http://" + host() + "/prod");
    }

    /** The requests in short: method, path and body. */
    List<String> seen() {
        return requests.stream().map(Request::toString).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
