// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.BackendException;
import java.net.UnknownHostException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Says what a failed request means and what to do about it. */
final class Failure {

    /** Here AWS may answer with what it would have signed, and that holds the session token. */
    private static final Set<String> MAY_REPEAT_A_SECRET =
            Set.of("InvalidSignatureException", "SignatureDoesNotMatch", "IncompleteSignatureException");

    private Failure() {}

    static BackendException of(SdkException e, Table table, String operation) {
        String problem = e instanceof DynamoDbException answer ? answered(answer, table) : unanswered(e, table);
        return new BackendException(table.store(), operation, problem, causeOf(e));
    }

    static String code(DynamoDbException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static @Nullable Throwable causeOf(SdkException e) {
        return e instanceof DynamoDbException answer && MAY_REPEAT_A_SECRET.contains(code(answer)) ? null : e;
    }

    private static String answered(DynamoDbException e, Table table) {
        String code = code(e);
        return switch (code) {
            case "ResourceNotFoundException" ->
                "the table '" + table.name() + "' does not exist in " + region(table) + ". Check region, create the"
                        + " table, or set auto_create=true and grant dynamodb:CreateTable, dynamodb:DescribeTable and"
                        + " dynamodb:UpdateTimeToLive";
            case "AccessDeniedException" ->
                "access denied: " + message(e) + ". Grant dynamodb:GetItem, PutItem, UpdateItem, DeleteItem, Query and"
                        + " Scan on the table '" + table.name() + "', and CreateTable, DescribeTable and"
                        + " UpdateTimeToLive where it is to be created";
            case "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "ExpiredTokenException",
                    "MissingAuthenticationTokenException",
                    "InvalidSignatureException",
                    "SignatureDoesNotMatch",
                    "IncompleteSignatureException" ->
                "the credentials are refused (" + code + "). In Lambda the function's role provides them; elsewhere"
                        + " check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, and the clock";
            case "ProvisionedThroughputExceededException",
                    "ThrottlingException",
                    "RequestLimitExceeded",
                    "TransactionCanceledException" ->
                "throttled, and retries did not help (" + code + "). Give the table '" + table.name()
                        + "' on-demand billing or more capacity, or raise timeout";
            case "ValidationException" ->
                "the request does not fit the table '" + table.name() + "': " + message(e)
                        + ". The table needs a string partition key 'pk' and a string sort key 'sk'";
            default ->
                "DynamoDB answered " + e.statusCode() + " " + code + ", after retries where they help: " + message(e);
        };
    }

    private static String message(DynamoDbException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null ? String.valueOf(e.getMessage()) : String.valueOf(details.errorMessage());
    }

    private static String region(Table table) {
        return String.valueOf(table.client().serviceClientConfiguration().region());
    }

    private static String unanswered(SdkException e, Table table) {
        if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
            return "no answer within " + table.timeout().toMillis()
                    + " ms, retries included. Check that DynamoDB can be"
                    + " reached from here (a function in a VPC needs a gateway endpoint for it), endpoint_url, and"
                    + " whether the table is throttled; or raise timeout";
        }
        if (e instanceof AbortedException) {
            return "the thread was interrupted";
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof UnknownHostException) {
            return "the host " + root.getMessage() + " is unknown. Check region and endpoint_url";
        }
        if (String.valueOf(e.getMessage()).startsWith("Unable to load credentials")) {
            return "no AWS credentials. In Lambda the function's role provides them; elsewhere set AWS_ACCESS_KEY_ID"
                    + " and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";
        }
        return root.getMessage() + ". Check that DynamoDB can be reached from here, and endpoint_url";
    }
}
