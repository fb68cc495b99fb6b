// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqs;

import dev.mooring.backend.BackendException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Says what a failed request means and what to do about it. */
record Failure(String url, Duration timeout) {

    /** To some of these AWS adds what it would have signed, and that holds the session token. */
    private static final Set<String> CREDENTIALS_REFUSED = Set.of(
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidSecurity",
            "ExpiredToken",
            "ExpiredTokenException",
            "MissingAuthenticationTokenException",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "IncompleteSignatureException");

    BackendException of(SdkException e) {
        if (e instanceof SqsException answer) {
            return failure(answered(answer), cause(answer));
        }
        return failure(unanswered(e), e);
    }

    /** Of messages that were not added, though SQS answered. */
    BackendException ofMessages(List<BatchResultErrorEntry> failed) {
        BatchResultErrorEntry first = failed.get(0);
        String advice = Boolean.TRUE.equals(first.senderFault())
                ? ". If it is too long, raise the queue's MaximumMessageSize (up to 1048576), or shorten the text"
                : ". Retries did not help";
        return failure(
                "SQS did not take " + failed.size() + (failed.size() == 1 ? " job: " : " jobs: ") + first.code() + ": "
                        + withoutFullStop(first.message()) + advice,
                null);
    }

    private BackendException failure(String problem, @Nullable Throwable cause) {
        return new BackendException(url, "SendMessageBatch", problem, cause);
    }

    private static String code(SqsException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static String message(SqsException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return withoutFullStop(details == null ? e.getMessage() : details.errorMessage());
    }

    private static String withoutFullStop(@Nullable String message) {
        String text = String.valueOf(message);
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static Throwable cause(SqsException e) {
        return CREDENTIALS_REFUSED.contains(code(e))
                ? SdkException.builder()
                        .message(code(e) + " (Request ID: " + e.requestId() + ")")
                        .build()
                : e;
    }

    private String answered(SqsException e) {
        String code = code(e);
        if (CREDENTIALS_REFUSED.contains(code)) {
            return "the credentials are refused (" + code + "). In Lambda the function's role provides them; elsewhere"
                    + " check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, and the clock";
        }
        if (e instanceof QueueDoesNotExistException) {
            return "the queue does not exist. Check account, region and name in its URL, or create it";
        }
        if (code.startsWith("AccessDenied")) {
            return "access denied: " + message(e) + ". Grant sqs:SendMessage on the queue to the function's role";
        }
        if (code.startsWith("Kms") || code.startsWith("KMS.")) {
            return "the queue's key cannot be used: " + message(e)
                    + ". Grant kms:GenerateDataKey and kms:Decrypt on it to the function's role";
        }
        return e.isThrottlingException()
                ? "throttled, and retries did not help (" + code + "). Raise the timeout, or publish less at once"
                : "SQS answered " + e.statusCode() + " " + code + ": " + message(e);
    }

    private String unanswered(SdkException e) {
        if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
            return "no answer within " + timeout.toMillis() + " ms. Check that SQS can be reached from here (a function"
                    + " in a VPC needs an interface endpoint for it, or a NAT gateway) and the queue's URL";
        }
        if (e instanceof AbortedException) {
            return "the thread was interrupted";
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof UnknownHostException) {
            return "unknown host " + root.getMessage() + ". Check the queue's URL";
        }
        if (String.valueOf(e.getMessage()).startsWith("Unable to load credentials")) {
            return "no AWS credentials. In Lambda the function's role provides them; elsewhere set AWS_ACCESS_KEY_ID"
                    + " and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";
        }
        return root.getMessage() + ". Check that SQS can be reached from here, and the queue's URL";
    }
}
