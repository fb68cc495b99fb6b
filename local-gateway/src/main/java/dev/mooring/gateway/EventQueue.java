// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Delivers the events of one connection one after the other. AWS promises no order: there they are concurrent
 * invocations. Thread-safe.
 */
final class EventQueue {

    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /**
     * Adds an event.
     *
     * @param delivery delivers it without blocking; its result does not fail
     * @return done when the event has been handled
     */
    synchronized CompletableFuture<Void> add(Supplier<CompletableFuture<Void>> delivery) {
        last = last.thenCompose(done -> delivery.get());
        return last;
    }
}
