// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-decoding as in RFC 3986: unlike in HTML forms, a plus sign is a plus sign. */
final class PercentCodec {

    private PercentCodec() {}

    /** Decodes the part; an error names it and does not repeat its text, which may be a secret. */
    static String decode(String part, String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int i = 0;
        while (i < text.length()) {
            int percent = text.indexOf('%', i);
            int end = percent < 0 ? text.length() : percent;
            bytes.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
            i = end;
            if (percent >= 0) {
                bytes.write(hex(part, text, i + 1) << 4 | hex(part, text, i + 2));
                i += 3;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidDsnException("The escapes in the " + part + " are not UTF-8.");
        }
    }

    private static int hex(String part, String text, int index) {
        int digit = index < text.length() ? Character.digit(text.charAt(index), 16) : -1;
        if (digit < 0 || text.charAt(index) > 'f') {
            throw new InvalidDsnException("A '%' in the " + part
                    + " must be followed by two hexadecimal digits; write %25 for a percent sign.");
        }
        return digit;
    }
}
