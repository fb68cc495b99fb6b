// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import java.io.IOException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Tells what passes from what does not. */
final class Transience {

    private static final int SERVER_ERROR = 500;

    private Transience() {}

    /** Whether the same request may succeed a moment later. */
    static boolean of(SdkException e) {
        if (e instanceof TransactionCanceledException cancelled) {
            return Cancellation.isTransient(cancelled);
        }
        if (e instanceof DynamoDbException answer) {
            return answer.isThrottlingException()
                    || answer.statusCode() >= SERVER_ERROR
                    || isBrokenOff(answer)
                    || answer instanceof TransactionConflictException;
        }
        // the SDK takes an attempt that hung for one that is not worth another
        return isTimeout(e) || e.retryable() || isOfTheNetwork(e);
    }

    private static boolean isOfTheNetwork(SdkException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    /** DynamoDB names its errors; where the connection ended before that, the status stands alone. */
    private static boolean isBrokenOff(DynamoDbException answer) {
        return Failure.code(answer).isEmpty();
    }

    /** Whether the error does not say why: what an earlier attempt met says more. */
    static boolean isSilent(SdkException e) {
        return isTimeout(e) || (e instanceof DynamoDbException answer && isBrokenOff(answer));
    }

    static boolean isTimeout(SdkException e) {
        return e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException;
    }
}
