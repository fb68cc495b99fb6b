// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.benchmarks;

import dev.mooring.backend.Backend;
import dev.mooring.dynamodb.DynamoDbBackend;
import dev.mooring.s3.S3Backend;
import dev.mooring.testsupport.DynamoDbLocal;
import dev.mooring.testsupport.ForkedJvm;
import dev.mooring.testsupport.S3MockServer;
import java.net.URI;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** A backend over a client that is made as that of a DSN is, but for its HTTP client. */
enum Store {
    DYNAMODB {
        @Override
        ForkedJvm start() {
            return DynamoDbLocal.start();
        }

        @Override
        Backend open(SdkHttpClient.Builder<?> http, URI endpoint) {
            DynamoDbClient client = DynamoDbClient.builder()
                    .region(Region.EU_WEST_1)
                    .endpointOverride(endpoint)
                    .httpClientBuilder(http)
                    .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
                    .build();
            return new DynamoDbBackend(client, "benchmark");
        }
    },
    S3 {
        @Override
        ForkedJvm start() {
            return S3MockServer.start();
        }

        @Override
        Backend open(SdkHttpClient.Builder<?> http, URI endpoint) {
            S3Client client = S3Client.builder()
                    .region(Region.EU_WEST_1)
                    .endpointOverride(endpoint)
                    .forcePathStyle(true)
                    .httpClientBuilder(http)
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                    .build();
            return new S3Backend(client, "benchmark", "");
        }
    };

    abstract ForkedJvm start();

    abstract Backend open(SdkHttpClient.Builder<?> http, URI endpoint);
}
