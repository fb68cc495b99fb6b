// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.WebSocketApp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A function as Lambda runs it: events go in, answers and log come out, and its clients are at a {@link ConnectionApi}. */
final class TestFunction implements AutoCloseable {

    final ConnectionApi api;
    final TestClock clock = new TestClock();
    final TestContext context = new TestContext();
    private final WebSocketLambda handler;

    TestFunction(WebSocketApp app) {
        this(app, builder -> {});
    }

    TestFunction(WebSocketApp app, Consumer<WebSocketLambda.Builder> settings) {
        try {
            api = new ConnectionApi();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        WebSocketLambda.Builder builder = WebSocketLambda.builder(app)
                .environment(Map.of("MOORING_DSN", "memory://"))
                .endpoint(api.endpoint())
                .clock(clock);
        settings.accept(builder);
        handler = builder.build();
    }

    String invoke(String event) {
        return invoke(handler, event, context);
    }

    static String invoke(WebSocketLambda handler, String event, TestContext context) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    List<String> log() {
        return context.log;
    }

    @Override
    public void close() {
        handler.close();
        api.close();
    }
}
