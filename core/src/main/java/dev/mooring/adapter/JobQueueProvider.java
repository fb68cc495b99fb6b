// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

/** Opens queues by their URL, for settings that are text. Found by {@link java.util.ServiceLoader}. Thread-safe. */
public interface JobQueueProvider {

    /**
     * Opens a queue, without a round trip.
     *
     * @param url the queue's URL
     * @return the queue; the caller closes it
     * @throws IllegalArgumentException if this is no URL of a queue
     */
    JobQueue open(String url);
}
