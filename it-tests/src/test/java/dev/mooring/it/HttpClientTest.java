// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Connection;
import dev.mooring.Message;
import dev.mooring.WebSocketApp;
import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import dev.mooring.dynamodb.DynamoDbBackend;
import dev.mooring.lambda.WebSocketLambda;
import dev.mooring.s3.S3Backend;
import dev.mooring.testsupport.DynamoDbLocal;
import dev.mooring.testsupport.ForkedJvm;
import dev.mooring.testsupport.S3MockServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void whatTheManualShowsCompiles() throws IOException {
        Path project = Path.of("..");
        String manual = Files.readString(project.resolve("docs/backends.md"));
        int begin = manual.indexOf("public final class ChatHandler") + "public ".length();
        String shown = manual.substring(begin, manual.indexOf("```", begin));

        assertThat(Files.readString(project.resolve("it-tests/src/test/java/dev/mooring/it/HttpClientTest.java")))
                .contains(shown.indent(4).replaceAll("(?m)^ +$", "").strip());
    }

    static final class ChatHandler extends WebSocketLambda {

        public ChatHandler() {
            super(WebSocketLambda.builder(new Chat())
                    .backend(new DynamoDbBackend(client(), "chat"), Duration.ofMinutes(130)));
        }

        private static DynamoDbClient client() {
            return DynamoDbClient.builder()
                    .httpClientBuilder(UrlConnectionHttpClient.builder())
                    // the backend retries
                    .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
                    .build();
        }
    }

    private static final class Chat implements WebSocketApp {

        @Override
        public void onMessage(Connection connection, Message message) {
            connection.send(message.text());
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
