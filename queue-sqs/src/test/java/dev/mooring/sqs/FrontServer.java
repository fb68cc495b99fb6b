// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqs;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Stands in front of ElasticMQ and gives the answers that it never gives; it passes on what it has none for. */
final class FrontServer implements AutoCloseable {

    final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

    private final CountDownLatch end = new CountDownLatch(1);

    private record Answer(int status, String body) {}

    private static final Answer NONE = new Answer(0, "");

    FrontServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    /** The queue of ElasticMQ, by way of this server. */
    String url(String queue) {
        return queue.replace(
                ":" + Server.port() + "/", ":" + server.getAddress().getPort() + "/");
    }

    void answer(int status, String body) {
        answers.add(new Answer(status, body));
    }

    /** An error as SQS words it. */
    void refuse(int status, String code, String message) {
        answer(status, "{\"__type\":\"com.amazonaws.sqs#" + code + "\",\"message\":\"" + message + "\"}");
    }

    /** Leaves the next request, and with it all that follow, without an answer. */
    void hang() {
        answers.add(NONE);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        requests.add(new String(request, StandardCharsets.UTF_8));
        Answer answer = answers.poll();
        if (NONE.equals(answer)) {
            awaitEnd();
        } else if (answer == null) {
            HttpResponse<byte[]> passed = pass(exchange, request);
            reply(exchange, passed.statusCode(), passed.body());
        } else {
            reply(exchange, answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] request) throws IOException {
        HttpRequest.Builder passed = HttpRequest.newBuilder(URI.create("http://localhost:" + Server.port() + "/"))
                .POST(BodyPublishers.ofByteArray(request));
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

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
    }
}
