// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding as Signature Version 4 defines it: all but the unreserved characters of RFC 3986, in upper case. */
final class UriEncoding {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private UriEncoding() {}

    /** Encodes a path segment, slashes too; and dots where they would mean another path. */
    static String segment(String segment) {
        boolean isDots = segment.equals(".") || segment.equals("..");
        return isDots ? segment.replace(".", "%2E") : encode(segment, false);
    }

    /** Encodes a path, but for its slashes. */
    static String path(String path) {
        return encode(path, true);
    }

    private static String encode(String text, boolean keepSlash) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (isUnreserved(c) || (keepSlash && c == '/')) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._~".indexOf(c) >= 0;
    }
}
