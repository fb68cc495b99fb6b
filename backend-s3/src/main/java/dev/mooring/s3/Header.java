// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import dev.mooring.backend.StoredConnection;
import dev.mooring.json.Json;
import dev.mooring.json.JsonReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a record says besides the state: its first line, and part of its revision.
 *
 * @param stamp names the write that made this version; greater than that of the version before
 * @param deleted whether the connection is gone; what is left of it is a tombstone
 * @param expiresAt when it expires
 * @param channels its channels, {@link Keys#EVERYBODY} too, each with the stamp in its marker's name; of a tombstone,
 *     those it had
 * @param leaving channels that may still hold markers of earlier versions
 * @param swept whether any version since the connection came to be had such channels
 */
record Header(
        String stamp,
        boolean deleted,
        Instant expiresAt,
        Map<String, String> channels,
        Set<String> leaving,
        boolean swept) {

    /** Stands for nothing stored. */
    static Header absent() {
        return new Header(Stamp.now(), true, Instant.EPOCH, Map.of(), Set.of(), false);
    }

    /** The next version, in which the connection is as given. Its new markers bear the stamp of this version. */
    Header replacedBy(StoredConnection connection) {
        Map<String, String> next = new HashMap<>();
        next.put(Keys.EVERYBODY, stamp);
        connection.channels().forEach(channel -> next.put(channel, stamp));
        Set<String> left = new HashSet<>(channels.keySet());
        if (!deleted && expiresAt.equals(connection.expiresAt())) {
            // Who stays keeps the marker. Another expiry is another marker.
            next.replaceAll(channels::getOrDefault);
            left.removeAll(next.keySet());
        }
        return new Header(Stamp.after(stamp), false, connection.expiresAt(), next, left, swept || !left.isEmpty());
    }

    /** The next version, in which the connection is gone. */
    Header tombstone() {
        return new Header(Stamp.after(stamp), true, expiresAt, channels, leaving, swept);
    }

    /** The next version, in which the channels that were left are clean. */
    Header settled() {
        return new Header(Stamp.after(stamp), deleted, expiresAt, channels, Set.of(), swept);
    }

    /** As JSON on one line; the same text whether it was made or read. */
    String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stamp", stamp);
        json.put("deleted", deleted);
        json.put("expires", expiresAt.toEpochMilli());
        json.put("channels", new TreeMap<>(channels));
        json.put("leaving", new TreeSet<>(leaving));
        json.put("swept", swept);
        return Json.write(json);
    }

    static Header fromJson(String text) {
        String stamp = "";
        boolean deleted = false;
        Instant expiresAt = Instant.EPOCH;
        Map<String, String> channels = new HashMap<>();
        Set<String> leaving = new HashSet<>();
        boolean swept = false;
        JsonReader json = new JsonReader(text);
        json.beginObject();
        for (String name; (name = json.nextName()) != null; ) {
            switch (name) {
                case "stamp" -> stamp = json.nextString();
                case "deleted" -> deleted = json.nextBoolean();
                case "swept" -> swept = json.nextBoolean();
                case "expires" -> expiresAt = Instant.ofEpochMilli(json.nextLong());
                case "channels" -> {
                    json.beginObject();
                    for (String channel; (channel = json.nextName()) != null; ) {
                        channels.put(channel, json.nextString());
                    }
                }
                case "leaving" -> {
                    json.beginArray();
                    while (json.nextElement()) {
                        leaving.add(json.nextString());
                    }
                }
                default -> json.skipValue();
            }
        }
        json.end();
        return new Header(stamp, deleted, expiresAt, channels, leaving, swept);
    }
}
