// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands in front of DynamoDB Local and gives the answers that it never gives; it passes on what it has none for. */
final class FrontServer implements AutoCloseable {

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

    FrontServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    private record Answer(int status, String body) {}

    int port() {
        return server.getAddress().getPort();
    }

    /** Answers the next requests with an error as DynamoDB words it. */
    void answer(int times, int status, String code, String message) {
        answerWith(
                times,
                status,
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code + "\",\"message\":\"" + message + "\"}");
    }

    /** Answers the next requests with a cancelled transaction, for the reason given for its second item. */
    void cancel(int times, String reason) {
        answerWith(
                times,
                400,
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
                        + "\"Message\":\"Transaction cancelled\",\"CancellationReasons\":[{\"Code\":\"None\"},{\"Code\":\""
                        + reason + "\"}]}");
    }

    /** How many answers nobody has asked for yet. */
    int answersLeft() {
        return answers.size();
    }

    /** Answers the next requests with anything. */
    void answerWith(int times, int status, String body) {
        for (int i = 0; i < times; i++) {
            answers.add(new Answer(status, body));
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        Answer answer = answers.poll();
        if (answer == null) {
            HttpResponse<byte[]> passed = pass(exchange, request);
            reply(exchange, passed.statusCode(), passed.body());
        } else {
            reply(exchange, answer.status(), answer.body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private HttpResponse<byte[]> pass(HttpExchange exchange, byte[] request) throws IOException {
        HttpRequest.Builder passed = HttpRequest.newBuilder(URI.create("http://localhost:" + Server.port() + "/"))
                .POST(BodyPublishers.ofByteArray(request));
        for (String header : new String[] {"Content-Type", "X-Amz-Target", "X-Amz-Date", "Authorization"}) {
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
        server.stop(0);
    }
}
