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
import java.util.UUID;

/**
 * What a record says besides the state: its first line, and part of its revision.
 *
 * @param lineage the same in all versions of a record; new where there was none
 * @param version counts the versions of a lineage
 * @param nonce different with each write: no two writes have the same ETag, and each writer knows its own again
 * @param deleted whether the connection is gone, and its record about to be
 * @param expiresAt when it expires
 * @param channels its channels, {@link Keys#EVERYBODY} too, each with the version to which it was added
 * @param leaving channels that may hold markers of earlier versions still
 */
record Header(
        String lineage,
        int version,
        String nonce,
        boolean deleted,
        Instant expiresAt,
        Map<String, Integer> channels,
        Set<String> leaving) {

    /** Stands for nothing stored. */
    static Header absent() {
        return new Header(random(), 0, "", true, Instant.EPOCH, Map.of(), Set.of());
    }

    private static String random() {
        return UUID.randomUUID().toString();
    }

    /** The next version, in which the connection is as given. */
    Header replacedBy(StoredConnection connection) {
        Map<String, Integer> next = new HashMap<>();
        next.put(Keys.EVERYBODY, version);
        connection.channels().forEach(channel -> next.put(channel, version));
        Set<String> left = new HashSet<>(channels.keySet());
        if (expiresAt.equals(connection.expiresAt())) {
            // Who stays keeps the marker. Another expiry is another marker.
            next.replaceAll(channels::getOrDefault);
            left.removeAll(next.keySet());
        }
        return new Header(lineage, version + 1, random(), false, connection.expiresAt(), next, left);
    }

    /** The next version, in which the connection is gone. */
    Header tombstone() {
        Set<String> left = new HashSet<>(leaving);
        left.addAll(channels.keySet());
        return new Header(lineage, version + 1, random(), true, expiresAt, Map.of(), left);
    }

    /** The next version, in which the channels that were left are clean: the second half of a write. */
    Header settled() {
        return new Header(lineage, version + 1, nonce, deleted, expiresAt, channels, Set.of());
    }

    /** As JSON on one line; the same text whether it was made or read. */
    String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("lineage", lineage);
        json.put("version", version);
        json.put("nonce", nonce);
        json.put("deleted", deleted);
        json.put("expires", expiresAt.toEpochMilli());
        json.put("channels", new TreeMap<>(channels));
        json.put("leaving", new TreeSet<>(leaving));
        return Json.write(json);
    }

    static Header fromJson(String text) {
        String lineage = "";
        int version = 0;
        String nonce = "";
        boolean deleted = false;
        Instant expiresAt = Instant.EPOCH;
        Map<String, Integer> channels = new HashMap<>();
        Set<String> leaving = new HashSet<>();
        JsonReader json = new JsonReader(text);
        json.beginObject();
        for (String name; (name = json.nextName()) != null; ) {
            switch (name) {
                case "lineage" -> lineage = json.nextString();
                case "version" -> version = (int) json.nextLong();
                case "nonce" -> nonce = json.nextString();
                case "deleted" -> deleted = json.nextBoolean();
                case "expires" -> expiresAt = Instant.ofEpochMilli(json.nextLong());
                case "channels" -> addVersions(json, channels);
                case "leaving" -> addStrings(json, leaving);
                default -> json.skipValue();
            }
        }
        json.end();
        return new Header(lineage, version, nonce, deleted, expiresAt, channels, leaving);
    }

    private static void addVersions(JsonReader json, Map<String, Integer> versions) {
        json.beginObject();
        for (String name; (name = json.nextName()) != null; ) {
            versions.put(name, (int) json.nextLong());
        }
    }

    private static void addStrings(JsonReader json, Set<String> strings) {
        json.beginArray();
        while (json.nextElement()) {
            strings.add(json.nextString());
        }
    }
}
