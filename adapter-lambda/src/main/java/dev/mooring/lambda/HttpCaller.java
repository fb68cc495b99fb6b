// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Makes HTTP/1.1 requests over connections that are kept alive, as many as there were requests at once. Thread-safe.
 *
 * <p>The JDK's own clients do not suit a fan-out from a function: {@code HttpURLConnection} keeps five idle connections
 * and closes the others, so that most posts over TLS begin with a handshake, and {@code java.net.http} takes longer to
 * load than all else at the first message. No proxy and no redirect gets a request, as it is signed for its host.
 */
final class HttpCaller {

    private final int connectMillis;
    private final int readMillis;
    private final Map<Endpoint, Deque<HttpConnection>> idle = new ConcurrentHashMap<>();

    HttpCaller(int connectMillis, int readMillis) {
        this.connectMillis = connectMillis;
        this.readMillis = readMillis;
    }

    /**
     * Makes a request. With a body it is never sent twice; one without, which may be, must be idempotent.
     *
     * @param path the path as it is sent, percent-encoded
     * @param headers all but {@code host} and {@code content-length}; no value has a line break
     * @throws IOException if no answer came; the server may have received the request nevertheless
     */
    HttpAnswer call(Endpoint endpoint, String method, String path, Map<String, String> headers, byte @Nullable [] body)
            throws IOException {
        byte[] request = request(endpoint, method, path, headers, body);
        Deque<HttpConnection> kept = idle.computeIfAbsent(endpoint, key -> new ConcurrentLinkedDeque<>());
        HttpConnection connection = take(kept);
        if (connection != null) {
            try {
                return call(connection, request, kept);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                if (body != null) {
                    throw e;
                }
            }
        }
        return call(HttpConnection.open(endpoint, connectMillis, readMillis), request, kept);
    }

    private static byte[] request(
            Endpoint endpoint, String method, String path, Map<String, String> headers, byte @Nullable [] body) {
        StringBuilder head = new StringBuilder(1024)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nhost: ")
                .append(endpoint.host())
                .append("\r\nuser-agent: mooring\r\n");
        for (var header : headers.entrySet()) {
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        if (body != null) {
            head.append("content-length: ").append(body.length).append("\r\n");
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream(1024 + (body == null ? 0 : body.length));
        request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (body != null) {
            request.writeBytes(body);
        }
        return request.toByteArray();
    }

    /** The connection that was used last and is still good; null if there is none. */
    private static @Nullable HttpConnection take(Deque<HttpConnection> kept) {
        for (HttpConnection connection; (connection = kept.pollFirst()) != null; connection.close()) {
            if (connection.isQuiet()) {
                return connection;
            }
        }
        return null;
    }

    private static HttpAnswer call(HttpConnection connection, byte[] request, Deque<HttpConnection> kept)
            throws IOException {
        try {
            return connection.call(request);
        } finally {
            if (connection.isReusable()) {
                kept.addFirst(connection);
                closeOldest(kept);
            } else {
                connection.close();
            }
        }
    }

    /** What was needed for many at once and is needed no more, a connection at a time. */
    private static void closeOldest(Deque<HttpConnection> kept) {
        HttpConnection oldest = kept.peekLast();
        if (oldest != null && oldest.isOld() && kept.removeLastOccurrence(oldest)) {
            oldest.close();
        }
    }
}
