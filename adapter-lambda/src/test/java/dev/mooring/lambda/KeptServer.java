// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Keeps connections alive after an answer, as far as the client can know, and then breaks its promise. */
final class KeptServer implements AutoCloseable {

    enum Breach {
        /** Closes the connection while it is idle. */
        WHILE_IDLE,
        /** Closes the connection when the next request has arrived, without an answer. */
        AFTER_THE_NEXT_REQUEST
    }

    final List<String> received = new CopyOnWriteArrayList<>();
    final CountDownLatch broken = new CountDownLatch(1);
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Breach breach;
    private final Thread thread = new Thread(this::serve, "kept-server");

    KeptServer(Breach breach) throws IOException {
        this.breach = breach;
        thread.start();
    }

    String host() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** One connection after the other; only the first one is broken. */
    private void serve() {
        try {
            try (Socket first = server.accept()) {
                InputStream in = new BufferedInputStream(first.getInputStream());
                receive(in);
                answer(first);
                if (breach == Breach.AFTER_THE_NEXT_REQUEST) {
                    receive(in);
                }
            }
            broken.countDown();
            while (true) {
                try (Socket next = server.accept()) {
                    receive(new BufferedInputStream(next.getInputStream()));
                    answer(next);
                }
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void receive(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        String length = head.toString().replaceFirst("(?is).*\r\ncontent-length: *([0-9]+)\r\n.*", "$1");
        byte[] body = length.matches("[0-9]+") ? in.readNBytes(Integer.parseInt(length)) : new byte[0];
        received.add(head.substring(0, head.indexOf(" ")) + " " + new String(body, StandardCharsets.UTF_8));
    }

    private static void answer(Socket socket) throws IOException {
        byte[] answer = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(answer);
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
