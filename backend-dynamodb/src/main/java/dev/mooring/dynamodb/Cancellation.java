// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
        return e.cancellationReasons().stream().anyMatch(Cancellation::isTransient);
    }

    /** The codes of all reasons that are some. */
    static Set<String> codes(TransactionCanceledException e) {
        return e.cancellationReasons().stream()
                .map(CancellationReason::code)
                .filter(code -> code != null && !code.equals("None"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isTransient(CancellationReason reason) {
        return reason.code() != null && TRANSIENT.contains(reason.code());
    }
}
