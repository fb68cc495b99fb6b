// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An empty object whose key alone says that a connection is in a channel.
 *
 * @param segment stands for the connection's id, see {@link Keys}
 * @param lineage the lineage of the record that says so too
 * @param version the version of that record to which the channel was added
 * @param expires when the connection expires, in milliseconds since 1970
 */
record Marker(String segment, String lineage, int version, long expires) {

    private static final Pattern KEY =
            Pattern.compile("(?s:.*)/([^/]+)/([0-9a-f-]+)\\.([0-9a-f]{8})\\.(-?[0-9]{1,19})");

    /** Reads a key; empty where an object is none of ours. */
    static Optional<Marker> parse(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches()
                ? Optional.of(new Marker(
                        matcher.group(1),
                        matcher.group(2),
                        HexFormat.fromHexDigits(matcher.group(3)),
                        Long.parseLong(matcher.group(4))))
                : Optional.empty();
    }

    /** What follows the channel's key. Sorts by version: a listing meets a marker before the one that replaces it. */
    String path() {
        return segment + "/" + lineage + "." + HexFormat.of().toHexDigits(version) + "." + expires;
    }

    /** What follows the channel's key and sorts behind all markers of the connection. */
    String end() {
        return segment + "/~";
    }

    boolean isLive(Instant now) {
        return expires > now.toEpochMilli();
    }

    /** Whether it was written for an earlier version of a record: if that version does not have it, none ever will. */
    boolean isOlderThan(Header header) {
        return lineage.equals(header.lineage()) && version < header.version();
    }
}
