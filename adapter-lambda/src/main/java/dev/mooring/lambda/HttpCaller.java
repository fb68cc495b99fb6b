// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Makes HTTP/1.1 requests to a host over connections that are kept alive, as many as there were requests at once.
 * Thread-safe.
 *
 * <p>The JDK's own clients do not suit a fan-out from a function: {@code HttpURLConnection} keeps five idle connections
 * and closes the others, so that posts over TLS go on beginning with handshakes, and {@code java.net.http} takes long to
 * load. No proxy and no redirect gets a request, as it is signed for its host.
 */
final class HttpCaller implements AutoCloseable {

    /**
     * Servers close idle connections, load balancers of AWS after a minute by default, and a function that was frozen
     * does not hear of it: its message would be lost.
     */
    private static final Duration MAX_IDLE = Duration.ofSeconds(30);

    private record Idle(HttpConnection connection, Instant since) {

        boolean isOldAt(Instant now) {
            return since.plus(MAX_IDLE).isBefore(now);
        }
    }

    private final Endpoint endpoint;
    private final int connectMillis;
    private final Watchdog watchdog;
    private final InstantSource clock;
    private final Deque<Idle> kept = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** Prepares to call a host; a call ends within its time, whatever the server does, and a connection is there sooner. */
    HttpCaller(Endpoint endpoint, int connectMillis, int callMillis, InstantSource clock) {
        this.endpoint = endpoint;
        this.connectMillis = connectMillis;
        this.watchdog = new Watchdog(callMillis);
        this.clock = clock;
    }

    /**
     * Makes a request. With a body it is never sent twice; one without, which may be, must be idempotent.
     *
     * @param path the path as it is sent, percent-encoded
     * @param headers all but {@code host} and {@code content-length}; no value has a line break
     * @throws UnreachableException if there is no connection: nothing was sent
     * @throws IOException if no answer came; the server may have received the request nevertheless
     */
    HttpAnswer call(String method, String path, Map<String, String> headers, byte @Nullable [] body)
            throws IOException {
        byte[] request = request(method, path, headers, body);
        try (Watchdog.Call watched = watchdog.begin()) {
            return call(request, body == null, watched);
        }
    }

    private HttpAnswer call(byte[] request, boolean repeatable, Watchdog.Call watched) throws IOException {
        HttpConnection connection = take();
        if (connection != null) {
            try {
                return call(connection, request, watched);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                if (!repeatable) {
                    throw e;
                }
            }
        }
        return call(open(watched, connection != null), request, watched);
    }

    private HttpConnection open(Watchdog.Call watched, boolean again) throws IOException {
        try {
            return HttpConnection.open(endpoint, connectMillis, watched);
        } catch (IOException e) {
            IOException reason = watched.reason(e);
            throw again ? reason : new UnreachableException(reason);
        }
    }

    private byte[] request(String method, String path, Map<String, String> headers, byte @Nullable [] body) {
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
    private @Nullable HttpConnection take() {
        for (Idle last; (last = kept.pollFirst()) != null; last.connection.close()) {
            if (!last.isOldAt(clock.instant()) && last.connection.isQuiet()) {
                return last.connection;
            }
        }
        return null;
    }

    private HttpAnswer call(HttpConnection connection, byte[] request, Watchdog.Call watched) throws IOException {
        try {
            watched.waitsFor(connection);
            return connection.call(request);
        } catch (IOException e) {
            throw watched.reason(e);
        } finally {
            if (connection.isReusable() && watched.end()) {
                keep(connection);
            } else {
                connection.close();
            }
        }
    }

    private void keep(HttpConnection connection) {
        Instant now = clock.instant();
        kept.addFirst(new Idle(connection, now));
        closeOldest(now);
        if (closed) {
            closeKept();
        }
    }

    /** What was needed for many at once and is needed no more, a connection at a time. */
    private void closeOldest(Instant now) {
        Idle oldest = kept.peekLast();
        if (oldest != null && oldest.isOldAt(now) && kept.removeLastOccurrence(oldest)) {
            oldest.connection.close();
        }
    }

    private void closeKept() {
        for (Idle last; (last = kept.pollFirst()) != null; ) {
            last.connection.close();
        }
    }

    /** Closes the connections that are kept, and from now on each one when its call is over. */
    @Override
    public void close() {
        closed = true;
        closeKept();
    }
}
