// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private static final int PATIENCE_MILLIS = 30_000;

    private ServerSocket server;
    private FaultProxy proxy;
    private final AtomicInteger received = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ProxyThread.start("echo server", () -> {
            while (true) {
                Socket client = server.accept();
                ProxyThread.start("echo", () -> echo(client));
            }
        });
        proxy = FaultProxy.to("localhost", server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void passesEverythingOn() throws IOException {
        assertPassesEverythingOn();
    }

    private void assertPassesEverythingOn() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "hello");

            assertThat(receive(socket, 5)).isEqualTo("hello");
        }
    }

    @Test
    void passesTheEndOfEachSideOn() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "bye");
            socket.shutdownOutput();

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("bye");
        }
    }

    @Test
    void countsTheConnections() throws IOException {
        assertThat(proxy.accepted()).isZero();

        assertPassesEverythingOn();
        assertPassesEverythingOn();

        assertThat(proxy.accepted()).isEqualTo(2);
    }

    @Test
    void delaysEachWay() throws IOException {
        try (Socket socket = connect()) {
            proxy.delay(Duration.ofMillis(150));
            long sent = System.nanoTime();
            send(socket, "hello");
            receive(socket, 5);

            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void stallsOpenAndNewConnectionsUntilItHeals() throws IOException {
        try (Socket open = connect()) {
            send(open, "a");
            receive(open, 1);
            proxy.stall();
            try (Socket opened = connect()) {
                send(open, "b");
                send(opened, "c");
                assertNothingArrives(open);
                assertNothingArrives(opened);
                assertThat(received).hasValue(1);

                proxy.heal();

                assertThat(receive(open, 1)).isEqualTo("b");
                assertThat(receive(opened, 1)).isEqualTo("c");
            }
        }
    }

    @Test
    void refusesOpenAndNewConnectionsUntilItHeals() throws IOException {
        try (Socket open = connect()) {
            send(open, "a");
            receive(open, 1);

            proxy.refuse();

            assertThatThrownBy(() -> receive(open, 1)).isInstanceOf(SocketException.class);
            assertRefused();
        }
        proxy.heal();
        assertPassesEverythingOn();
    }

    @Test
    void refusesWhereTheServerIsNotThere() throws IOException {
        server.close();

        assertRefused();
    }

    @Test
    void losesTheReplyToARequestThatArrived() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "a");
            receive(socket, 1);

            proxy.cutReplyAfter(0);
            send(socket, "b");

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(received).hasValue(2);
        }
        assertPassesEverythingOn();
    }

    @Test
    void cutsAReplyInTheMiddle() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "a");
            receive(socket, 1);

            proxy.cutReplyAfter(3);
            send(socket, "hello");

            assertThat(receive(socket, 3)).isEqualTo("hel");
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private void echo(Socket client) throws IOException {
        try (client) {
            byte[] buffer = new byte[1024];
            for (int n = client.getInputStream().read(buffer);
                    n >= 0;
                    n = client.getInputStream().read(buffer)) {
                received.addAndGet(n);
                client.getOutputStream().write(buffer, 0, n);
            }
        }
    }

    private void assertRefused() {
        assertThatThrownBy(() -> {
                    try (Socket socket = connect()) {
                        send(socket, "a");
                        receive(socket, 1);
                    }
                })
                .isInstanceOf(SocketException.class);
    }

    private static void assertNothingArrives(Socket socket) throws IOException {
        socket.setSoTimeout(500);
        assertThatThrownBy(() -> receive(socket, 1)).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String receive(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }
}
