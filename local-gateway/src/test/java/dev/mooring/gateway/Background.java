// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.util.concurrent.Executor;

/** A thread for each task. The common pool has one only on a small machine, and the HTTP client needs it. */
final class Background {

    static final Executor THREADS = task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    };

    private Background() {}
}
