// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import java.util.List;
import java.util.Map;

/**
 * What became of a message to many.
 *
 * @param delivered how many clients it was handed to
 * @param gone how many turned out to be gone; their records are removed
 * @param failed how many the platform refused it for, by cause
 * @param queued how many jobs were put in the queue for other functions to do; 0 where there is no queue
 * @param rest what was left undone when the time ran out and there was no queue to put it in: run these jobs to go on
 *     where this stopped. Nobody is missed; whoever's answer was outstanding may get the message twice
 */
public record PublishReport(long delivered, long gone, Map<String, Long> failed, int queued, List<Job> rest) {

    /** Copies the map and the list. */
    public PublishReport {
        failed = Map.copyOf(failed);
        rest = List.copyOf(rest);
    }
}
