// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.Job;
import java.util.List;

/** Where jobs wait for a function that has time for them. Thread-safe. */
public interface JobQueue {

    /**
     * Adds jobs, in no particular order.
     *
     * @param jobs the jobs, perhaps none; each at most about 150 KB as JSON
     * @throws RuntimeException if not all of them were added for certain
     */
    void add(List<Job> jobs);
}
