// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import dev.mooring.backend.InvalidDsnException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The keys of objects, for a prefix. Ids and channel names become single segments of ASCII, so that no server splits,
 * normalises or sorts them its own way: as they are where that is safe, as {@code ~} and Base64 otherwise. A long
 * channel name becomes {@code ~~} and its SHA-256, as nobody reads it back; the longest key has 1,024 bytes.
 */
final class Keys {

    /** What is left of S3's 1,024 bytes, rounded down. */
    static final int MAX_PREFIX_BYTES = 300;

    /** The channel that every connection is in: it lists them all. No app can name it, as a name is not empty. */
    static final String EVERYBODY = "";

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_=-][A-Za-z0-9_=.:-]*");
    private static final Pattern SLASHES_AROUND = Pattern.compile("^/+|/+$");
    private static final Pattern UNSAFE_SEGMENT = Pattern.compile("(^|/)(\\.{0,2})(/|$)");
    private static final int MAX_CHANNEL_LENGTH = 128;

    private final String root;

    /** For a prefix, which may be empty; slashes around it make no difference. */
    Keys(String prefix) {
        String trimmed = SLASHES_AROUND.matcher(prefix).replaceAll("");
        if (!trimmed.isEmpty() && UNSAFE_SEGMENT.matcher(trimmed).find()) {
            throw new InvalidDsnException("The prefix of keys must not have an empty segment, '.' or '..'.");
        }
        if (trimmed.getBytes(StandardCharsets.UTF_8).length > MAX_PREFIX_BYTES) {
            throw new InvalidDsnException(
                    "The prefix of keys must not be longer than " + MAX_PREFIX_BYTES + " bytes, as S3 limits a key.");
        }
        this.root = trimmed.isEmpty() ? "" : trimmed + "/";
    }

    /** Where the records are. */
    String records() {
        return root + "connections/";
    }

    /** Where a connection's record is. */
    String record(String id) {
        return records() + encode(id);
    }

    /** Where the markers of all channels are, but for {@link #EVERYBODY}. */
    String channels() {
        return root + "channels/";
    }

    /** Where the markers of a channel are. */
    String channel(String channel) {
        return channel.isEmpty() ? root + "all/" : channels() + encodeChannel(channel) + "/";
    }

    /** Where the markers of a channel that are about one connection are. */
    String markers(String channel, String id) {
        return channel(channel) + encode(id) + "/";
    }

    private static String encodeChannel(String channel) {
        String encoded = encode(channel);
        return encoded.length() <= MAX_CHANNEL_LENGTH ? encoded : "~~" + base64(sha256(encoded));
    }

    /** The segment of a key that stands for an id. */
    static String encode(String name) {
        return SAFE.matcher(name).matches() ? name : "~" + base64(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The id that a segment of a key stands for. */
    static String decode(String segment) {
        return segment.startsWith("~")
                ? new String(Base64.getUrlDecoder().decode(segment.substring(1)), StandardCharsets.UTF_8)
                : segment;
    }

    /** Whether a text is what {@link #encode} makes of any id. */
    static boolean isSegment(String text) {
        try {
            return encode(decode(text)).equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
