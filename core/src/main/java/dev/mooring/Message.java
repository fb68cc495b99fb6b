// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A message that a client sent. Immutable. */
public final class Message {

    private final String id;
    private final String routeKey;
    private final @Nullable String text;
    private final byte[] bytes;

    private Message(String id, String routeKey, @Nullable String text, byte[] bytes) {
        this.id = id;
        this.routeKey = routeKey;
        this.text = text;
        this.bytes = bytes;
    }

    /**
     * A text message.
     *
     * @param id the platform's id of the message
     * @param routeKey the route that the platform chose for it, such as {@code $default}
     * @param text its text
     * @return the message
     */
    public static Message text(String id, String routeKey, String text) {
        return new Message(id, routeKey, text, new byte[0]);
    }

    /**
     * A binary message.
     *
     * @param id the platform's id of the message
     * @param routeKey the route that the platform chose for it, such as {@code $default}
     * @param bytes its content, which is copied
     * @return the message
     */
    public static Message binary(String id, String routeKey, byte[] bytes) {
        return new Message(id, routeKey, null, bytes.clone());
    }

    /**
     * The platform's id of this message.
     *
     * @return the id
     */
    public String id() {
        return id;
    }

    /**
     * The route that was chosen for this message.
     *
     * @return the route key, {@code $default} where no other matched
     */
    public String routeKey() {
        return routeKey;
    }

    /**
     * Whether this is a binary message.
     *
     * @return true if {@link #text} cannot be used
     */
    public boolean isBinary() {
        return text == null;
    }

    /**
     * The content of a text message.
     *
     * @return the text
     * @throws IllegalStateException if it is a binary message
     */
    public String text() {
        if (text == null) {
            throw new IllegalStateException("Message " + id + " is binary: use bytes().");
        }
        return text;
    }

    /**
     * The content as bytes.
     *
     * @return a copy; a text message in UTF-8
     */
    public byte[] bytes() {
        return text == null ? bytes.clone() : text.getBytes(StandardCharsets.UTF_8);
    }
}
