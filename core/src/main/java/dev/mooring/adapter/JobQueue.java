// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.Job;
import java.util.List;

/** Where jobs wait for a function that has time for them. Thread-safe. */
public interface JobQueue extends AutoCloseable {

    /**
     * Adds jobs, in no particular order.
     *
     * @param jobs the jobs, perhaps none; each of those that a publish makes is at most 1,000 connections and a message
     * @throws RuntimeException if not all of them were added for certain; adding them again may add some twice
     */
    void add(List<Job> jobs);

    /** Frees what the queue holds; nothing unless it says so. */
    @Override
    default void close() {}
}
