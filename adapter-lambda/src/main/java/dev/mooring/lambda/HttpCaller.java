// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes HTTP/1.1 requests over connections that are kept alive. Thread-safe. */
final class HttpCaller {

    /** An answer is short; a longer one is not worth its connection. */
    private static final int MAX_ANSWER = 16 * 1024;

    private final int connectMillis;
    private final int readMillis;

    HttpCaller(int connectMillis, int readMillis) {
        this.connectMillis = connectMillis;
        this.readMillis = readMillis;
    }

    /**
     * Makes a request. With a body it is never sent twice; one without, which may be, must be idempotent.
     *
     * @throws IOException if no answer came; the server may have received the request nevertheless
     */
    HttpAnswer call(String method, URI uri, Map<String, String> headers, byte @Nullable [] body) throws IOException {
        // requests are signed for their host: no proxy and no redirect gets them
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout(connectMillis);
        connection.setReadTimeout(readMillis);
        connection.setRequestMethod(method);
        for (var header : headers.entrySet()) {
            connection.setRequestProperty(header.getKey(), header.getValue());
        }
        if (body != null) {
            write(connection, body);
        }
        int status = connection.getResponseCode();
        drain(status < 400 ? connection.getInputStream() : connection.getErrorStream());
        return new HttpAnswer(status, errorType(connection));
    }

    /** A buffered body would be sent again, silently, where a kept connection breaks; a streamed one is not. */
    private static void write(HttpURLConnection connection, byte[] body) throws IOException {
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
    }

    /** A connection is kept if its answer was read to the end. */
    private static void drain(@Nullable InputStream answer) {
        if (answer == null) {
            return;
        }
        try (answer) {
            answer.readNBytes(MAX_ANSWER);
        } catch (IOException e) {
            // the status is known, and with it what became of the request
        }
    }

    private static String errorType(HttpURLConnection connection) {
        String type = connection.getHeaderField("x-amzn-ErrorType");
        int end = 0;
        while (type != null && end < type.length() && Character.isLetter(type.charAt(end))) {
            end++;
        }
        return type == null ? "" : type.substring(0, end);
    }
}
