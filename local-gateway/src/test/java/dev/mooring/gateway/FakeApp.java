// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A function that keeps the events it is called with, and does for each route key what a test says. */
final class FakeApp implements RequestStreamHandler {

    /** What a function does with an event. */
    interface Route {
        String handle(EventView event) throws IOException;
    }

    static final String OK = "{\"statusCode\":200}";

    private final List<EventView> events = new CopyOnWriteArrayList<>();
    private final Map<String, Route> routes = new ConcurrentHashMap<>();

    /** Says what to do on a route; without it, {@code 200}. */
    FakeApp on(String routeKey, Route route) {
        routes.put(routeKey, route);
        return this;
    }

    FakeApp on(String routeKey, String answer) {
        return on(routeKey, event -> answer);
    }

    /** Holds the function up on a route until the test counts down what this returns; the answer is {@code 200}. */
    CountDownLatch hold(String routeKey) {
        CountDownLatch end = new CountDownLatch(1);
        on(routeKey, event -> {
            await(end);
            return OK;
        });
        return end;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        EventView event = EventView.parse(new String(input.readAllBytes(), StandardCharsets.UTF_8), context);
        events.add(event);
        String answer = routes.getOrDefault(event.routeKey(), ignored -> OK).handle(event);
        output.write(answer.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits in a function until a test says so. */
    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes its time in a function. */
    static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    List<EventView> events() {
        return List.copyOf(events);
    }

    List<EventView> events(String routeKey) {
        return events.stream()
                .filter(event -> event.routeKey().equals(routeKey))
                .toList();
    }

    /** The only event of a route, once it has come. */
    EventView await(String routeKey) {
        Await.until(() -> !events(routeKey).isEmpty());
        assertThat(events(routeKey)).hasSize(1);
        return events(routeKey).get(0);
    }
}
