// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Ports for servers that are told where to listen. They lie below those that systems hand out, so that nobody else gets
 * them before the server listens, or while it is restarted. Thread-safe.
 */
public final class FreePorts {

    private static final int FIRST = 15_000;
    private static final int LAST = 22_000;

    /** Where the bus of a Redis Cluster's node listens, above its port. */
    private static final int BUS = 10_000;

    private static int next = FIRST + (int) (ProcessHandle.current().pid() % (LAST - FIRST));

    private FreePorts() {}

    /**
     * Finds a port.
     *
     * @return one that nobody listens on, nor 10,000 above it, and that this process has not been given lately
     */
    public static synchronized int next() {
        while (true) {
            next = next == LAST ? FIRST : next + 1;
            if (isFree(next) && isFree(next + BUS)) {
                return next;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
