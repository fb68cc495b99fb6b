// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What became of a conditional write of a record.
 *
 * @param isDone whether it took place
 * @param record where it was a deletion: what was deleted; where it was refused: the record that is there; empty if none
 */
record Outcome(boolean isDone, Map<String, AttributeValue> record) {

    static final Outcome DONE = done(Map.of());

    static Outcome done(Map<String, AttributeValue> record) {
        return new Outcome(true, record);
    }

    static Outcome refused(Map<String, AttributeValue> record) {
        return new Outcome(false, record);
    }
}
