// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import dev.mooring.backend.StoredConnection;
import dev.mooring.json.Json;
import dev.mooring.json.JsonException;
import dev.mooring.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something to publish that can wait in a queue, and what is left to do of something that ran out of time. Immutable.
 *
 * <p>Any language can write one; members that are not needed are left out, or null:
 *
 * <pre>
 * {"type":"send","to":["L0SM9cOFvHcCIhw="],"text":"hi"}
 * {"type":"publish","channel":"news","text":"hi","except":["L0SM9cOFvHcCIhw="]}
 * {"type":"broadcast","text":"hi"}
 * {"type":"close","to":["L0SM9cOFvHcCIhw="]}
 * </pre>
 *
 * @param type what to do
 * @param channel the channel to publish to; null for the other types
 * @param to the connections to send to or to close, each once; empty for the other types
 * @param text the message; empty for {@link Type#CLOSE}
 * @param except connections that do not get it
 * @param cursor where in the channel, or in the list of all connections, to go on; null for the beginning
 */
public record Job(
        Type type,
        @Nullable String channel,
        List<String> to,
        String text,
        List<String> except,
        @Nullable String cursor) {

    /** What a job does. */
    public enum Type {
        /** Sends a message to each of some connections. */
        SEND("send"),
        /** Sends a message to the members of a channel. */
        PUBLISH("publish"),
        /** Sends a message to everybody. */
        BROADCAST("broadcast"),
        /** Closes some connections. */
        CLOSE("close");

        private final String json;

        Type(String json) {
            this.json = json;
        }
    }

    /**
     * Checks that the job is complete.
     *
     * @throws IllegalArgumentException if something is missing or not wanted
     */
    public Job {
        to = List.copyOf(new LinkedHashSet<>(to));
        except = List.copyOf(except);
        require((type == Type.PUBLISH) == (channel != null), "'channel' is for publish, and only for it");
        require(
                (type == Type.SEND || type == Type.CLOSE) != to.isEmpty(),
                "'to' is for send and close, and only for them");
        if (channel != null) {
            StoredConnection.requireName("channel name", channel);
        }
        to.forEach(id -> StoredConnection.requireName("connection id", id));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw malformed(otherwise);
        }
    }

    private static IllegalArgumentException malformed(String problem) {
        return new IllegalArgumentException("Malformed job: " + problem + ".");
    }

    /**
     * A job that sends a message to each of some connections.
     *
     * @param to their ids
     * @param text the message
     * @return the job
     */
    public static Job send(List<String> to, String text) {
        return new Job(Type.SEND, null, to, text, List.of(), null);
    }

    /**
     * A job that sends a message to the members of a channel.
     *
     * @param channel the channel's name
     * @param text the message
     * @param except ids of connections that do not get it
     * @return the job
     */
    public static Job publish(String channel, String text, String... except) {
        return new Job(Type.PUBLISH, channel, List.of(), text, List.of(except), null);
    }

    /**
     * A job that sends a message to everybody.
     *
     * @param text the message
     * @param except ids of connections that do not get it
     * @return the job
     */
    public static Job broadcast(String text, String... except) {
        return new Job(Type.BROADCAST, null, List.of(), text, List.of(except), null);
    }

    /**
     * A job that closes connections.
     *
     * @param to their ids
     * @return the job
     */
    public static Job close(List<String> to) {
        return new Job(Type.CLOSE, null, to, "", List.of(), null);
    }

    /**
     * The same job from another place on.
     *
     * @param cursor where to go on; null for the beginning
     * @return a copy
     */
    public Job from(@Nullable String cursor) {
        return new Job(type, channel, to, text, except, cursor);
    }

    /**
     * The job as JSON.
     *
     * @return the text
     */
    public String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type.json);
        if (channel != null) {
            json.put("channel", channel);
        }
        if (!to.isEmpty()) {
            json.put("to", to);
        }
        if (type != Type.CLOSE) {
            json.put("text", text);
        }
        if (!except.isEmpty()) {
            json.put("except", except);
        }
        if (cursor != null) {
            json.put("cursor", cursor);
        }
        return Json.write(json);
    }

    /**
     * Reads a job.
     *
     * @param text the JSON text
     * @return the job
     * @throws IllegalArgumentException if it is no JSON, or no job; the message says why and repeats none of the text
     */
    public static Job fromJson(String text) {
        Type type = null;
        String channel = null;
        List<String> to = List.of();
        String message = null;
        List<String> except = List.of();
        String cursor = null;
        JsonReader json = new JsonReader(text);
        try {
            json.beginObject();
            for (String name; (name = json.nextName()) != null; ) {
                switch (name) {
                    case "type" -> type = type(json.nextString());
                    case "channel" -> channel = json.nextStringOrNull();
                    case "to" -> to = strings(json);
                    case "text" -> message = json.nextStringOrNull();
                    case "except" -> except = strings(json);
                    case "cursor" -> cursor = json.nextStringOrNull();
                    default -> json.skipValue();
                }
            }
            json.end();
        } catch (JsonException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
        if (type == null) {
            throw malformed("'type' is missing");
        }
        require(message != null || type == Type.CLOSE, "'text' is missing");
        return new Job(type, channel, to, message == null ? "" : message, except, cursor);
    }

    private static Type type(String name) {
        for (Type type : Type.values()) {
            if (type.json.equals(name)) {
                return type;
            }
        }
        throw malformed("'type' must be send, publish, broadcast or close");
    }

    private static List<String> strings(JsonReader json) {
        if (json.skipNull()) {
            return List.of();
        }
        List<String> strings = new ArrayList<>();
        json.beginArray();
        while (json.nextElement()) {
            strings.add(json.nextString());
        }
        return strings;
    }
}
