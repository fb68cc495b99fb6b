// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.SendException;

/** What holds the sockets, as an adapter reaches it. Thread-safe. */
public interface Gateway {

    /**
     * The largest message that {@link #post} can send.
     *
     * @return the limit in bytes
     */
    int maxMessageBytes();

    /**
     * Sends a text message to a client.
     *
     * @param connectionId the client's connection
     * @param message the text in UTF-8, at most {@link #maxMessageBytes}; not changed
     * @return false if the client is gone
     * @throws SendException if the message was refused, or no answer came
     * @throws IllegalStateException if nothing can be sent to anybody, because a setting is missing
     */
    boolean post(String connectionId, byte[] message);

    /**
     * Closes a client's connection.
     *
     * @param connectionId the connection
     * @return false if the client is gone
     * @throws SendException if that was refused, or no answer came
     * @throws IllegalStateException if nothing can be sent to anybody, because a setting is missing
     */
    boolean close(String connectionId);
}
