// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqs;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** A queue's URL, which says where to reach it. */
record QueueUrl(URI url) {

    private static final Pattern SQS = Pattern.compile("sqs\\.(?<region>[a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?");

    /** What is wrong with a URL is not repeated: it may be a secret that was put into the wrong variable. */
    static QueueUrl parse(String text) {
        try {
            URI url = new URI(text);
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            boolean path = url.getPath() != null && url.getPath().matches("(/[A-Za-z0-9_.-]+)+");
            boolean more = url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null;
            if (http && url.getHost() != null && path && !more) {
                return new QueueUrl(url);
            }
        } catch (URISyntaxException e) {
            // the same error
        }
        throw new IllegalArgumentException("This is no URL of a queue: write"
                + " https://sqs.<region>.amazonaws.com/<account>/<name>, or where a local server has it,"
                + " http://localhost:9324/000000000000/<name>.");
    }

    /**
     * A client for the queue. It speaks through {@code HttpURLConnection}: jobs are added now and then, so that a start
     * without a connection pool's classes counts, and what that adds to a call does not.
     */
    SqsClient connect(Duration timeout) {
        Duration half = timeout.dividedBy(2);
        SqsClientBuilder builder = SqsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(half)
                        .socketTimeout(timeout))
                .overrideConfiguration(config -> config.retryStrategy(RetryMode.STANDARD));
        Matcher sqs = SQS.matcher(url.getHost());
        if (sqs.matches()) {
            // the SDK knows the endpoint, and what its own settings say about it
            return builder.region(Region.of(sqs.group("region"))).build();
        }
        return builder.region(regionOfEnvironment())
                .endpointOverride(url.resolve("/"))
                .build();
    }

    /** The SDK's own chain would ask the instance metadata service last, which is a round trip. */
    private static Region regionOfEnvironment() {
        try {
            return new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                    .getRegion();
        } catch (SdkClientException e) {
            throw new IllegalArgumentException("No region: the queue's URL does not name one, so set AWS_REGION.");
        }
    }
}
