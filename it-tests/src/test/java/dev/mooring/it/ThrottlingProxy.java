// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before DynamoDB Local, which has room for all, and refuses two of three requests as a table without capacity does. */
final class ThrottlingProxy implements AutoCloseable {

    private static final byte[] REFUSAL = ("{\"__type\":\"com.amazonaws.dynamodb.v20120810"
                    + "#ProvisionedThroughputExceededException\",\"message\":\"The level of configured provisioned"
                    + " throughput for the table was exceeded.\"}")
            .getBytes(StandardCharsets.UTF_8);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final HttpServer server;
    private final URI target;
    private volatile boolean throttling;

    ThrottlingProxy(int port) throws IOException {
        target = URI.create("http://localhost:" + port);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void throttle(boolean on) {
        throttling = on;
    }

    long refused() {
        return refused.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (throttling && requests.incrementAndGet() % 3 != 0) {
            refused.incrementAndGet();
            answer(exchange, 400, REFUSAL);
        } else {
            HttpResponse<byte[]> response = forward(exchange, body);
            answer(exchange, response.statusCode(), response.body());
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String header : new String[] {"Authorization", "Content-Type", "X-Amz-Date", "X-Amz-Target"}) {
            request.header(header, exchange.getRequestHeaders().getFirst(header));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
