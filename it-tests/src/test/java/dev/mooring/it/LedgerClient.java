// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.json.Json;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of the {@link Ledger} that asks one thing after the other. What others say is kept apart from the answers. */
final class LedgerClient {

    /** Longer than the gateway gives an event. */
    static final int LIMIT_SECONDS = 40;

    private final BlockingQueue<Map<?, ?>> answers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Client client;

    /** Connects; fails if the client is not let in. */
    LedgerClient(URI uri) {
        client = Client.connect(uri, this::receive);
    }

    private void receive(String text) {
        if (!text.startsWith("{")) {
            heard.add(text);
        } else {
            answers.add((Map<?, ?>) Json.parse(text));
        }
    }

    /** Sends an action with its members; the answer, or empty if the function said that it failed. It must not hang. */
    Optional<Map<?, ?>> tryTo(String action, String... namesAndValues) {
        Map<String, String> message = new LinkedHashMap<>(Map.of("action", action));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            message.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        client.send(Json.write(message));
        Map<?, ?> answer = next(answers, "an answer to " + message);
        if (answer.containsKey("answer")) {
            return Optional.of((Map<?, ?>) answer.get("answer"));
        }
        assertThat(answer.get("message")).as("what comes in place of an answer").isEqualTo("Internal server error");
        return Optional.empty();
    }

    /** Sends an action that must succeed. */
    Map<?, ?> ask(String action, String... namesAndValues) {
        return tryTo(action, namesAndValues)
                .orElseThrow(() -> new AssertionError("The function failed on '" + action + "'."));
    }

    /** What somebody said, in order. */
    String hear() {
        return next(heard, "a message of somebody else");
    }

    boolean heardNothing() {
        return heard.isEmpty();
    }

    boolean isOpen() {
        return client.isOpen();
    }

    String id() {
        return (String) ask("look").get("id");
    }

    void close() {
        client.close();
    }

    /** Vanishes without a close frame. */
    void die() {
        client.die();
    }

    private <T> T next(BlockingQueue<T> queue, String what) {
        try {
            T next = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("No sign of " + what + " for " + LIMIT_SECONDS + " s; the connection is "
                        + (isOpen() ? "open." : "closed."));
            }
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
