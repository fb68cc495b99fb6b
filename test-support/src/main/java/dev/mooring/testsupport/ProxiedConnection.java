// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** One client of a {@link FaultProxy} and its connection to the server: a thread for each direction. */
final class ProxiedConnection {

    private final Socket client;
    private final Socket server = new Socket();
    private final Weather weather;
    private final Consumer<ProxiedConnection> whenClosed;
    private final AtomicLong replyBytesLeft = new AtomicLong(Long.MAX_VALUE);

    ProxiedConnection(Socket client, Weather weather, Consumer<ProxiedConnection> whenClosed) {
        this.client = client;
        this.weather = weather;
        this.whenClosed = whenClosed;
    }

    void start(String host, int port) {
        ProxyThread.start("requests", () -> {
            try {
                server.connect(new InetSocketAddress(host, port));
                ProxyThread.start("replies", this::passReplies);
                passRequests();
            } catch (IOException e) {
                reset();
            }
        });
    }

    void cutReplyAfter(long bytes) {
        replyBytesLeft.set(bytes);
    }

    /** Closes both sides with a reset instead of an orderly end. */
    void reset() {
        reset(client);
        reset(server);
        whenClosed.accept(this);
    }

    private void passRequests() throws IOException, InterruptedException {
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        byte[] buffer = new byte[65536];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            weather.await();
            out.write(buffer, 0, n);
        }
        server.shutdownOutput();
    }

    private void passReplies() throws IOException, InterruptedException {
        try (client;
                server) {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] buffer = new byte[65536];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                weather.await();
                long left = replyBytesLeft.getAndAccumulate(n, (before, passed) -> Math.max(0, before - passed));
                out.write(buffer, 0, (int) Math.min(n, left));
                if (left <= n) {
                    return;
                }
            }
        } finally {
            whenClosed.accept(this);
        }
    }

    private static void reset(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            // the other thread has closed it
        }
    }
}
