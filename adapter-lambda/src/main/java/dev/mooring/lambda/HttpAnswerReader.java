// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads the answer to one request: its status, and as much of the rest as it takes to use the connection again. */
final class HttpAnswerReader {

    private static final int MAX_HEAD = 16 * 1024;

    /** An answer is short; a longer one is not worth its connection. */
    private static final int MAX_BODY = 16 * 1024;

    /** One of the options of a {@code Connection} header. */
    private static final Pattern CLOSE = Pattern.compile("(^|[,\\s])close($|[,\\s])", Pattern.CASE_INSENSITIVE);

    private final InputStream input;
    private int headLength;
    private boolean keptAlive;
    private boolean atEnd;
    private long bodyLength = -1;
    private String errorType = "";

    HttpAnswerReader(InputStream input) {
        this.input = input;
    }

    /**
     * Reads an answer, but for a body whose length it does not say, or that is long.
     *
     * @throws IOException if none comes, or it is not HTTP/1
     */
    HttpAnswer read() throws IOException {
        int status = head();
        while (status / 100 == 1) {
            status = head();
        }
        if (status == 204 || status == 304) {
            bodyLength = 0;
        }
        atEnd = keptAlive && bodyLength >= 0 && bodyLength <= MAX_BODY && skip();
        return new HttpAnswer(status, errorType);
    }

    /** Whether the answer was read to its end and the server keeps the connection. */
    boolean isAtEnd() {
        return atEnd;
    }

    private int head() throws IOException {
        bodyLength = -1;
        errorType = "";
        int status = status(line());
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                header(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return status;
    }

    private int status(String line) throws IOException {
        keptAlive = line.startsWith("HTTP/1.1 ");
        try {
            if (keptAlive || line.startsWith("HTTP/1.0 ")) {
                return Integer.parseInt(line, 9, 12, 10);
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // as good as another protocol
        }
        throw new IOException("The answer is not HTTP/1.1.");
    }

    private void header(String name, String value) throws IOException {
        switch (name) {
            case "content-length" -> bodyLength = length(value);
            case "connection" -> keptAlive &= !CLOSE.matcher(value).find();
            // its end is not looked for
            case "transfer-encoding" -> keptAlive = false;
            case "x-amzn-errortype" -> errorType = letters(value);
            default -> {
                // no use for it
            }
        }
    }

    private static long length(String value) throws IOException {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IOException("The answer's content-length is no number.");
        }
    }

    private static String letters(String value) {
        int end = 0;
        while (end < value.length() && Character.isLetter(value.charAt(end))) {
            end++;
        }
        return value.substring(0, end);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c; (c = input.read()) != '\n'; ) {
            if (c < 0) {
                throw new EOFException("The connection ended before the answer did.");
            }
            if (++headLength > MAX_HEAD) {
                throw new IOException("The answer's head is too long.");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private boolean skip() {
        try {
            input.skipNBytes(bodyLength);
            return true;
        } catch (IOException e) {
            // the status is known, and with it what became of the request
            return false;
        }
    }
}
