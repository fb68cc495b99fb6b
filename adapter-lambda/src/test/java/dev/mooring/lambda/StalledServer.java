// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Takes a connection, reads the first byte of a request and no more, and never ends an answer. */
final class StalledServer implements AutoCloseable {

    private final ServerSocket server;
    private final boolean drips;
    private final Thread thread = new Thread(this::serve, "stalled-server");

    /** A server that sends a byte now and then, or none. */
    StalledServer(ServerSocket unbound, boolean drips) throws IOException {
        server = unbound;
        this.drips = drips;
        server.setReceiveBufferSize(4096);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read();
            while (true) {
                if (drips) {
                    socket.getOutputStream().write('H');
                }
                Thread.sleep(20);
            }
        } catch (IOException | InterruptedException e) {
            // the client has left, or the test has ended
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        thread.interrupt();
    }
}
