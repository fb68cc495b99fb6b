// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a record has to be like for a write to happen.
 *
 * @param condition a condition expression
 * @param values its values
 */
record Expectation(String condition, Map<String, AttributeValue> values) {

    /** Nothing is stored, or nothing that the channel index knows of, or is about to. */
    static final Expectation NO_CHANNELS = new Expectation(
            "attribute_not_exists(channels) AND NOT begins_with(revision, :claim)",
            Map.of(":claim", Items.text(Claim.PREFIX)));

    /** It is still the revision that was read, expired or not. */
    static Expectation revision(String revision) {
        return new Expectation("revision = :expected", Map.of(":expected", Items.text(revision)));
    }

    /** It is still the revision that was read, and has not expired. */
    static Expectation liveRevision(String revision, Instant now) {
        return new Expectation(
                "revision = :expected AND expiresAtMillis > :now",
                Map.of(":expected", Items.text(revision), ":now", Items.number(now.toEpochMilli())));
    }
}
