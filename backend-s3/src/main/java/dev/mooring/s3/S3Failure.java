// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import java.net.UnknownHostException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says what a failed request means and what to do about it. */
final class S3Failure {

    private S3Failure() {}

    /** Whether S3 answered with this error code. */
    static boolean hasCode(S3Exception e, String code) {
        return code(e).equals(code);
    }

    private static String code(S3Exception e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    /** The failure to delete one of several objects, as if it had been the only one. */
    static S3Exception of(S3Error error) {
        AwsErrorDetails details = AwsErrorDetails.builder()
                .errorCode(error.code())
                .errorMessage(error.message())
                .build();
        return (S3Exception) S3Exception.builder()
                .awsErrorDetails(details)
                .message(error.message())
                .build();
    }

    /** What happened and what to do, without secrets. */
    static String problem(SdkException e, Bucket bucket) {
        if (e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException) {
            return "no answer within " + bucket.timeout().toMillis() + " ms. Check that S3 can be reached from here (a"
                    + " function in a VPC needs a gateway endpoint for S3) and endpoint_url, or raise timeout";
        }
        return e instanceof S3Exception answer ? answered(answer, bucket) : unanswered(e);
    }

    private static String answered(S3Exception e, Bucket bucket) {
        String code = code(e);
        return switch (code) {
            case "NoSuchBucket" ->
                "the bucket '" + bucket.name() + "' does not exist. Create it, or set auto_create=true and grant"
                        + " s3:CreateBucket";
            case "AccessDenied", "AllAccessDisabled" ->
                "access denied. Grant s3:GetObject, s3:PutObject and s3:DeleteObject on the objects and s3:ListBucket"
                        + " on the bucket '" + bucket.name() + "', and s3:CreateBucket where it is to be created";
            case "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed" ->
                "the bucket '" + bucket.name() + "' is not in the region " + bucket.region() + ". Set region="
                        + regionOf(e).orElse("the bucket's own");
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken" ->
                "the credentials are refused (" + code + "). In Lambda the function's role provides them; elsewhere"
                        + " check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN";
            case "SlowDown" ->
                "throttled, and retries did not help (SlowDown). Call again later: S3 takes more where the load lasts";
            case "" -> "the answer (status " + e.statusCode() + ") broke off or is not S3's. Check endpoint_url";
            case "NotImplemented" ->
                "the server lacks something that the backend needs. It must support If-Match and If-None-Match";
            default ->
                "S3 answered " + e.statusCode() + " " + code + ", after retries where they help: " + e.getMessage();
        };
    }

    private static Optional<String> regionOf(S3Exception e) {
        return Optional.ofNullable(e.awsErrorDetails().sdkHttpResponse())
                .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"));
    }

    private static String unanswered(SdkException e) {
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
        return problem + ". Check that S3 can be reached from here, and endpoint_url";
    }
}
