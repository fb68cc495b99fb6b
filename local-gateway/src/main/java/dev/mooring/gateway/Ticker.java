// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks again and again whose time is up. What the time is, the gateway's clock says. */
final class Ticker {

    private static final long INTERVAL_MILLIS = 100;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "gateway-ticker");
        thread.setDaemon(true);
        return thread;
    });

    void start(Runnable tick) {
        var unused =
                timer.scheduleWithFixedDelay(() -> run(tick), INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A failure must not end the ticking. */
    private static void run(Runnable tick) {
        try {
            tick.run();
        } catch (RuntimeException e) {
            Unexpected.report(e);
        }
    }

    void stop() {
        timer.shutdownNow();
    }
}
