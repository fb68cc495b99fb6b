// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.BackendException;
import java.net.UnknownHostException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Says what a failed request means and what to do about it. */
final class Failure {

    /** To some of these AWS adds what it would have signed, and that holds the session token. */
    private static final Set<String> CREDENTIALS_REFUSED = Set.of(
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "ExpiredTokenException",
            "MissingAuthenticationTokenException",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "IncompleteSignatureException");

    private Failure() {}

    static BackendException of(SdkException e, Table table, String operation) {
        if (e instanceof DynamoDbException answer) {
            return new BackendException(table.store(), operation, answered(answer, table), cause(answer));
        }
        return new BackendException(table.store(), operation, unanswered(e, table), e);
    }

    static String code(DynamoDbException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static Throwable cause(DynamoDbException e) {
        return CREDENTIALS_REFUSED.contains(code(e))
                ? SdkException.builder()
                        .message(code(e) + " (Request ID: " + e.requestId() + ")")
                        .build()
                : e;
    }

    private static String answered(DynamoDbException e, Table table) {
        String code = code(e);
        if (CREDENTIALS_REFUSED.contains(code)) {
            return "the credentials are refused (" + code + "). In Lambda the function's role provides them; elsewhere"
                    + " check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, and the clock";
        }
        return switch (code) {
            case "ResourceNotFoundException" ->
                "the table '" + table.name() + "' does not exist in " + region(table) + ". Check region, create the"
                        + " table, or set auto_create=true and grant dynamodb:CreateTable, dynamodb:DescribeTable and"
                        + " dynamodb:UpdateTimeToLive";
            case "AccessDeniedException" ->
                "access denied: " + message(e) + ". Grant dynamodb:GetItem, PutItem, UpdateItem, DeleteItem,"
                        + " ConditionCheckItem, Query and Scan on the table '" + table.name() + "', and CreateTable,"
                        + " DescribeTable and UpdateTimeToLive where it is to be created";
            case "ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded" ->
                throttled(code, table);
            case "TransactionConflictException" -> conflict(code);
            case "TransactionCanceledException" ->
                cancelled(Cancellation.codes((TransactionCanceledException) e), table);
            case "ValidationException" ->
                "the request does not fit the table '" + table.name() + "': " + message(e)
                        + ". The table needs a string partition key 'pk' and a string sort key 'sk'";
            case "" -> "the answer (status " + e.statusCode() + ") broke off or is not DynamoDB's. Check endpoint_url";
            default -> "DynamoDB answered " + e.statusCode() + " " + code + ": " + message(e);
        };
    }

    private static String cancelled(Set<String> codes, Table table) {
        String all = String.join(", ", codes);
        if (codes.contains("TransactionConflict")) {
            return conflict(all);
        }
        return codes.contains("ThrottlingError") || codes.contains("ProvisionedThroughputExceeded")
                ? throttled(all, table)
                : "DynamoDB cancelled the transaction (" + all + ")";
    }

    private static String throttled(String code, Table table) {
        return "throttled, and retries did not help (" + code + "). Give the table '" + table.name()
                + "' on-demand billing or more capacity, or raise timeout";
    }

    private static String conflict(String code) {
        return "other writers of the same connection were always faster (" + code
                + "). Raise timeout, or write less to one connection at a time";
    }

    private static String message(DynamoDbException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null ? String.valueOf(e.getMessage()) : String.valueOf(details.errorMessage());
    }

    private static String region(Table table) {
        return String.valueOf(table.client().serviceClientConfiguration().region());
    }

    private static String unanswered(SdkException e, Table table) {
        if (Transience.isTimeout(e)) {
            return "no answer within " + table.timeout().toMillis()
                    + " ms. Check that DynamoDB can be reached from here"
                    + " (a function in a VPC needs a gateway endpoint for it) and endpoint_url, or raise timeout";
        }
        if (e instanceof AbortedException) {
            return "the thread was interrupted";
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof UnknownHostException) {
            return "unknown host " + root.getMessage() + ". Check region and endpoint_url";
        }
        if (String.valueOf(e.getMessage()).startsWith("Unable to load credentials")) {
            return "no AWS credentials. In Lambda the function's role provides them; elsewhere set AWS_ACCESS_KEY_ID"
                    + " and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";
        }
        String problem = root.getMessage() == null ? root.toString() : root.getMessage();
        return problem + ". Check that DynamoDB can be reached from here, and endpoint_url";
    }
}
