// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each request with the same bytes, whatever they are, and leaves the connection open unless told otherwise. */
final class RawServer implements AutoCloseable {

    final AtomicInteger connections = new AtomicInteger();

    /** Counts down when a client closes its connection. */
    final CountDownLatch left = new CountDownLatch(1);

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final byte[] answer;
    private final boolean closes;

    RawServer(String answer, boolean closes) throws IOException {
        this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
        this.closes = closes;
        threads.execute(this::accept);
    }

    URI url() {
        return URI.create("http://" + host());
    }

    private String host() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private Endpoint endpoint() {
        return new Endpoint("http", host(), "", "eu-west-1");
    }

    HttpCaller client() {
        return new HttpCaller(endpoint(), 30_000, 60_000, InstantSource.system());
    }

    ManagementApi gateway() {
        return new ManagementApi(endpoint(), () -> EnvironmentCredentials.LOCAL, client(), new TestClock());
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // closed
            }
        }
    }

    /** Requests have a body of one byte. */
    private void serve(Socket socket) {
        try (socket) {
            InputStream input = new BufferedInputStream(socket.getInputStream());
            do {
                int ends = 0;
                for (int last = 0, c; ends < 2; last = c) {
                    c = input.read();
                    if (c < 0) {
                        left.countDown();
                        return;
                    }
                    ends = c == '\n' && last == '\r' ? ends + 1 : c == '\r' ? ends : 0;
                }
                input.read();
                socket.getOutputStream().write(answer);
            } while (!closes);
        } catch (IOException e) {
            // the client has left
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
