// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A port that neither accepts nor refuses: more connects wait there than the system lets wait, and drops those after. */
public final class DroppedConnects implements AutoCloseable {

    private static final int MORE_THAN_MAY_WAIT = 8;

    private final ServerSocketChannel listener;
    private final List<SocketChannel> waiting = new ArrayList<>();

    /**
     * Fills the queue of a port.
     *
     * @throws IOException if there is no port
     */
    public DroppedConnects() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        for (int i = 0; i < MORE_THAN_MAY_WAIT; i++) {
            SocketChannel client = SocketChannel.open();
            waiting.add(client);
            client.configureBlocking(false);
            client.connect(listener.getLocalAddress());
        }
    }

    /**
     * Where connects are dropped.
     *
     * @return a port of this machine's loopback address
     */
    public int port() {
        return listener.socket().getLocalPort();
    }

    /** Gives the port back. */
    @Override
    public void close() throws IOException {
        for (SocketChannel client : waiting) {
            client.close();
        }
        listener.close();
    }
}
