// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import dev.mooring.dynamodb.DynamoDbBackend;
import dev.mooring.s3.S3Backend;
import dev.mooring.testsupport.DynamoDbLocal;
import dev.mooring.testsupport.ForkedJvm;
import dev.mooring.testsupport.S3MockServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Under an AWS backend, a user can have another HTTP client than the one it brings, as docs/backends.md shows. */
class HttpClientTest {

    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    @Test
    void dynamoDbOverUrlConnection() {
        try (ForkedJvm server = DynamoDbLocal.start();
                DynamoDbClient client = DynamoDbClient.builder()
                        .region(Region.EU_WEST_1)
                        .endpointOverride(URI.create(server.url()))
                        .credentialsProvider(CREDENTIALS)
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
                        .build();
                Backend backend = new DynamoDbBackend(client, "chat", true, Duration.ofSeconds(60))) {
            assertKeepsConnections(backend);
        }
    }

    @Test
    void s3OverUrlConnection() {
        try (ForkedJvm server = S3MockServer.start();
                S3Client client = S3Client.builder()
                        .region(Region.EU_WEST_1)
                        .endpointOverride(URI.create(server.url()))
                        .forcePathStyle(true)
                        .credentialsProvider(CREDENTIALS)
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build();
                Backend backend = new S3Backend(client, "bucket", "prefix", true, Duration.ofSeconds(60))) {
            assertKeepsConnections(backend);
        }
    }

    private static void assertKeepsConnections(Backend backend) {
        Instant expiresAt = Instant.now().plusSeconds(3600);
        StoredConnection saved = backend.save(new StoredConnection("a", "{\"v\":1}", Set.of("room"), expiresAt));
        assertThat(backend.find("a")).contains(saved);
        assertThat(backend.members("room", null, 10).items()).containsExactly("a");

        assertThat(backend.delete("a")).contains(saved);

        assertThat(backend.members("room", null, 10).items()).isEmpty();
    }
}
