// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits how long calls take, by closing what they wait for: a socket's own timeout bounds neither a write, nor an answer
 * that comes byte by byte. Has one thread while there are calls, and none a while later. Thread-safe.
 */
final class Watchdog implements Runnable {

    private final int limitMillis;

    /** The oldest first, which is due first. */
    private final Set<Call> calls = new LinkedHashSet<>();

    private boolean watching;

    Watchdog(int limitMillis) {
        this.limitMillis = limitMillis;
    }

    /** Begins a call, whose time runs from now on. */
    synchronized Call begin() {
        if (!watching) {
            Thread thread = new Thread(this, "mooring-watchdog");
            thread.setDaemon(true);
            thread.start();
            watching = true;
        }
        Call call = new Call();
        calls.add(call);
        return call;
    }

    /** Watches the calls that are under way, until none is. */
    @Override
    public synchronized void run() {
        try {
            while (!calls.isEmpty()) {
                Call oldest = calls.iterator().next();
                long rest = oldest.due - System.nanoTime();
                if (rest > 0) {
                    TimeUnit.NANOSECONDS.timedWait(this, rest);
                } else {
                    oldest.stop();
                }
            }
        } catch (InterruptedException e) {
            // nobody does that; the next call starts another thread
        } finally {
            watching = false;
        }
    }

    /** A call that is watched until it ends. */
    final class Call implements AutoCloseable {

        private final long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
        private boolean stopped;
        private @Nullable Closeable resource;

        private Call() {}

        /** Says what the call waits for from now on; closing it must not block. */
        void waitsFor(Closeable resource) throws IOException {
            synchronized (Watchdog.this) {
                this.resource = resource;
                if (stopped) {
                    resource.close();
                }
            }
        }

        private void stop() {
            calls.remove(this);
            stopped = true;
            try {
                if (resource != null) {
                    resource.close();
                }
            } catch (IOException e) {
                // it is given up, whatever state it is in
            }
        }

        /** Ends the call; false if its time was up before, and what it waited for is closed. */
        boolean end() {
            synchronized (Watchdog.this) {
                calls.remove(this);
                return !stopped;
            }
        }

        /** Why the call failed: a failure as it is, or that the time is up. */
        IOException reason(IOException failure) {
            synchronized (Watchdog.this) {
                if (!stopped) {
                    return failure;
                }
            }
            IOException timeout = new SocketTimeoutException("Not done within " + limitMillis + " ms.");
            timeout.initCause(failure);
            return timeout;
        }

        @Override
        public void close() {
            end();
        }
    }
}
