// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One client's connection, within one event.
 *
 * <p>What is stored of it is read on first use. Changes are collected and written once, with compare-and-set, when the
 * event ends, or before something is published in it. Where another event was faster, they are applied again to what it
 * wrote: {@code attributes().merge("count", "1", …)} counts right however many events race, and {@code put} overwrites.
 *
 * <p>For use by the thread that handles the event, until the event ends.
 */
public interface Connection {

    /**
     * The platform's id of this connection.
     *
     * @return an opaque text, at most 128 characters
     */
    String id();

    /**
     * What the client presented when it connected, as far as it was kept: see {@link Acceptance#keepingHeaders}.
     *
     * @return the handshake
     */
    Handshake handshake();

    /**
     * The subprotocol that was agreed on.
     *
     * @return its name, or empty where there is none
     */
    Optional<String> subprotocol();

    /**
     * Text that is kept as long as the connection lives.
     *
     * @return a map to read and change; it has no null keys and values
     */
    Map<String, String> attributes();

    /**
     * The channels this connection is subscribed to.
     *
     * @return an unmodifiable copy
     */
    Set<String> channels();

    /**
     * Subscribes to a channel; no change where it is subscribed already.
     *
     * @param channel the channel's name: 1 to 128 characters
     * @throws IllegalArgumentException if no store could keep that name
     */
    void subscribe(String channel);

    /**
     * Unsubscribes from a channel; no change where it is not subscribed.
     *
     * @param channel the channel's name
     */
    void unsubscribe(String channel);

    /**
     * Sends a text message to this client. Where the client turns out to be gone, its record is removed, {@link
     * WebSocketApp#onDisconnect} runs, and this returns normally.
     *
     * @param text the message, at most 128 KB in UTF-8 on API Gateway
     * @throws IllegalArgumentException if it is too long
     * @throws IllegalStateException during {@code onConnect} and {@code onDisconnect}
     * @throws SendException if the platform refuses it
     */
    void send(String text);

    /**
     * Like {@link #send}; but where the route is known to be two-way, the last message of the event becomes the answer to
     * the event and costs no call of its own.
     *
     * @param text the message, at most 128 KB in UTF-8 on API Gateway
     * @throws IllegalArgumentException if it is too long
     * @throws IllegalStateException during {@code onConnect} and {@code onDisconnect}
     * @throws SendException if the platform refuses it
     */
    void reply(String text);

    /**
     * Closes this connection; {@link WebSocketApp#onDisconnect} follows as an event of its own.
     *
     * @throws IllegalStateException during {@code onConnect}, where {@link Acceptance#reject} is meant
     * @throws SendException if the platform refuses it
     */
    void close();

    /**
     * Reaches other clients. What was changed on this connection is stored before anything is published, so that it hears
     * itself join; during {@code onConnect} it is not a member of anything yet.
     *
     * @return the publisher, for use until the event ends
     */
    Publisher publisher();
}
