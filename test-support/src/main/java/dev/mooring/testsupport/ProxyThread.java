// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import java.io.IOException;

/** A thread that ends when the socket it works on is closed, and does not keep this JVM up. */
final class ProxyThread {

    private ProxyThread() {}

    interface Work {
        void run() throws IOException, InterruptedException;
    }

    static void start(String name, Work work) {
        Thread thread = new Thread(() -> run(work), "fault proxy: " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (IOException | InterruptedException e) {
            // a closed socket is how work ends here
        }
    }
}
