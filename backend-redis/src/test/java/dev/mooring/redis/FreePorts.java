// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports for servers, below those that systems hand out; the bus of a cluster's node listens 10,000 above. */
final class FreePorts {

    private static final int FIRST = 15_000;
    private static final int LAST = 22_000;
    private static final int BUS = 10_000;

    private static int next = FIRST + (int) (ProcessHandle.current().pid() % (LAST - FIRST));

    private FreePorts() {}

    static synchronized int next() {
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
