// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What is under way, so that closing can wait for it and no failure is lost in a future. Thread-safe. */
final class Work {

    private final Map<Object, CompletableFuture<?>> unfinished = new ConcurrentHashMap<>();

    void add(CompletableFuture<?> work) {
        Object key = new Object();
        unfinished.put(key, work);
        Unexpected.report(work.whenComplete((result, failure) -> unfinished.remove(key)));
    }

    /** Done when all that is under way now is done. */
    CompletableFuture<Void> finished() {
        return CompletableFuture.allOf(unfinished.values().toArray(CompletableFuture<?>[]::new));
    }
}
