// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import java.time.Duration;

/** What everything that passes through a proxy has to wait for. */
final class Weather {

    private Duration delay = Duration.ZERO;
    private boolean stalled;

    synchronized void delay(Duration eachWay) {
        delay = eachWay;
    }

    synchronized void stall() {
        stalled = true;
    }

    synchronized void clear() {
        delay = Duration.ZERO;
        stalled = false;
        notifyAll();
    }

    /** Returns once something that has just arrived may be passed on. */
    void await() throws InterruptedException {
        Thread.sleep(delayInMillis());
        awaitNoStall();
    }

    private synchronized long delayInMillis() {
        return delay.toMillis();
    }

    private synchronized void awaitNoStall() throws InterruptedException {
        while (stalled) {
            wait();
        }
    }
}
