// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.Publisher;
import java.net.URI;

/**
 * Reaches the clients of a WebSocket API from code that does not handle its events: a scheduled job, another function, a
 * service.
 *
 * <pre>{@code
 * try (Publishers publishers = Publishers.open("dynamodb://connections", endpoint)) {
 *     publishers.publisher().publish("news", "hi");
 * }
 * }</pre>
 *
 * <p>Open it once and keep it. Nothing limits its time. Thread-safe.
 */
public final class Publishers implements AutoCloseable {

    private final Engines engines;
    private final Publisher publisher;

    private Publishers(Settings settings) {
        engines = new Engines(settings, null);
        try {
            publisher = engines.configured().publisher();
        } catch (RuntimeException e) {
            engines.close();
            throw e;
        }
    }

    /**
     * Opens a publisher that tells no app of clients that are gone.
     *
     * @param dsn where connections are kept, such as {@code dynamodb://connections}
     * @param endpoint where clients are reached, see {@link WebSocketLambda.Builder#endpoint}
     * @return the publisher, to be closed
     * @throws IllegalArgumentException if a setting is wrong
     */
    public static Publishers open(String dsn, URI endpoint) {
        return open(
                WebSocketLambda.builder((connection, message) -> {}).dsn(dsn).endpoint(endpoint));
    }

    /**
     * Opens a publisher with the settings of a handler, or those of the environment. The app hears of clients that are
     * gone, by {@link dev.mooring.WebSocketApp#onDisconnect}.
     *
     * @param builder the app and its settings; credentials, limits and the queue count here too, metrics do not
     * @return the publisher, to be closed
     * @throws IllegalArgumentException if a setting is missing or wrong
     * @throws IllegalStateException if no endpoint is set
     */
    public static Publishers open(WebSocketLambda.Builder builder) {
        return new Publishers(builder.settings);
    }

    /**
     * Reaches clients.
     *
     * @return the publisher, thread-safe, usable until this is closed
     */
    public Publisher publisher() {
        return publisher;
    }

    /** Closes the backend and the queue, if they were opened by their DSN and URL, and the connections to the API. */
    @Override
    public void close() {
        engines.close();
    }
}
