// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import java.util.Map;

/**
 * What became of a message to many.
 *
 * @param delivered how many clients it was handed to
 * @param gone how many turned out to be gone; their records are removed
 * @param failed how many the platform refused it for, by cause
 */
public record PublishReport(long delivered, long gone, Map<String, Long> failed) {

    /** Copies the map. */
    public PublishReport {
        failed = Map.copyOf(failed);
    }
}
