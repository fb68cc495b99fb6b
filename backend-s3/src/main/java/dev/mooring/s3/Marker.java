// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An empty object whose key alone says that a connection is in a channel.
 *
 * @param segment stands for the connection's id, see {@link Keys}
 * @param stamp that of the version of the record to which the channel was added
 * @param expires when the connection expires, in milliseconds since 1970
 */
record Marker(String segment, String stamp, long expires) {

    private static final Pattern KEY = Pattern.compile("(?s:.*)/([^/]+)/([0-9a-f]+)\\.(-?[0-9]{1,19})");

    /** Reads a key; empty where an object is none of ours. */
    static Optional<Marker> parse(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches()
                ? Optional.of(new Marker(matcher.group(1), matcher.group(2), Long.parseLong(matcher.group(3))))
                : Optional.empty();
    }

    /** What follows the channel's key. Sorts by stamp: a listing meets a marker before the one that replaces it. */
    String path() {
        return segment + "/" + stamp + "." + expires;
    }

    /** What sorts behind the paths of all markers of the connection. */
    String end() {
        return segment + "/~";
    }

    boolean isLive(Instant now) {
        return expires > now.toEpochMilli();
    }
}
