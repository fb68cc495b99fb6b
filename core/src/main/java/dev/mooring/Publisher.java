// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reaches clients: one, a channel, or everybody. A client that turns out to be gone is removed, and {@link
 * WebSocketApp#onDisconnect} runs for it.
 */
public interface Publisher {

    /**
     * Sends a text message to one client.
     *
     * @param connectionId the client's connection
     * @param text the message, at most 128 KB in UTF-8 on API Gateway
     * @return false if the client is gone
     * @throws IllegalArgumentException if the message is too long
     * @throws SendException if the platform refuses it
     */
    boolean send(String connectionId, String text);

    /**
     * Sends a text message to the members of a channel.
     *
     * @param channel the channel's name
     * @param text the message, at most 128 KB in UTF-8 on API Gateway
     * @param except ids of connections that do not get it
     * @return what became of it; that clients are gone or sends were refused is no error
     * @throws IllegalArgumentException if the message is too long
     */
    PublishReport publish(String channel, String text, String... except);

    /**
     * Sends a text message to everybody.
     *
     * @param text the message, at most 128 KB in UTF-8 on API Gateway
     * @param except ids of connections that do not get it
     * @return what became of it; that clients are gone or sends were refused is no error
     * @throws IllegalArgumentException if the message is too long
     */
    PublishReport broadcast(String text, String... except);

    /**
     * Does a job, such as the rest of an earlier report.
     *
     * @param job the job
     * @return what became of it; that clients are gone or sends were refused is no error
     * @throws IllegalArgumentException if the message is too long
     */
    PublishReport run(Job job);

    /**
     * Closes a connection; {@link WebSocketApp#onDisconnect} follows as an event of its own.
     *
     * @param connectionId the connection
     * @return false if it is gone
     * @throws SendException if the platform refuses it
     */
    boolean close(String connectionId);

    /**
     * Lists the members of a channel, in no particular order, a page at a time as the stream is read. An id may belong to
     * a client that is gone without a word.
     *
     * <p>A page is a thousand ids and one call on the store. How many there are, {@code members(channel).count()}, takes
     * all pages; whether there is anybody, {@code members(channel).findAny()}, takes one.
     *
     * @param channel the channel's name
     * @return connection ids
     */
    Stream<String> members(String channel);

    /**
     * Reads the attributes of another connection.
     *
     * @param connectionId the connection
     * @return an unmodifiable copy, or empty where the connection is gone
     */
    Optional<Map<String, String>> attributes(String connectionId);
}
