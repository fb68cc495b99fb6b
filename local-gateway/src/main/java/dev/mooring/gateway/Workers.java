// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The threads that the handler runs on, as many as events are being handled at once, up to Lambda's default limit of
 * concurrent executions; more events wait. Platform threads, as on Lambda: a handler that waits in native code or in a
 * synchronized block would hold up the others on virtual ones.
 */
final class Workers extends QueuedThreadPool {

    private static final int MAX_CONCURRENCY = 1000;

    /** What still runs after half of it is interrupted. */
    private static final long STOP_MILLIS = 2000;

    private final ClassLoader handlerLoader;

    Workers(ClassLoader handlerLoader) {
        super(MAX_CONCURRENCY, 1);
        this.handlerLoader = handlerLoader;
        setName("lambda");
        setDaemon(true);
        setStopTimeout(STOP_MILLIS);
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = super.newThread(task);
        thread.setContextClassLoader(handlerLoader);
        return thread;
    }
}
