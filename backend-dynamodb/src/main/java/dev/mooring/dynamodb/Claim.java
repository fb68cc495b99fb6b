// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import java.time.Duration;

/**
 * The revision of a record that somebody is writing in several steps. Whoever else wants to write it waits for the last
 * one, for a while: otherwise writers could break each other's runs for ever.
 */
final class Claim {

    /** What the revision of a claim begins with, and no other. */
    static final String PREFIX = "claim-";

    /** A claim that is still there after so long is taken for that of a writer who stopped halfway. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private Claim() {}

    static String newRevision() {
        return PREFIX + Records.newRevision();
    }

    static boolean is(String revision) {
        return revision.startsWith(PREFIX);
    }
}
