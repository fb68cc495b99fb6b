// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Why DynamoDB did not carry out a transaction: it gives a reason for each of its items, in order. */
final class Cancellation {

    private static final Set<String> TRANSIENT =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    private Cancellation() {}

    /** Whether the condition on the record, which is always the first item, did not hold. */
    static boolean isRefusal(TransactionCanceledException e) {
        return !e.cancellationReasons().isEmpty()
                && "ConditionalCheckFailed"
                        .equals(e.cancellationReasons().get(0).code());
    }

    /** Whether the same transaction may succeed a moment later. */
    static boolean isTransient(TransactionCanceledException e) {
        return !isRefusal(e) && e.cancellationReasons().stream().anyMatch(Cancellation::isTransient);
    }

    private static boolean isTransient(CancellationReason reason) {
        return reason.code() != null && TRANSIENT.contains(reason.code());
    }
}
