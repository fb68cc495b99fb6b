// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServersTest {

    @Test
    void dynamoDbLocalAnswers() throws Exception {
        try (ForkedJvm server = DynamoDbLocal.start()) {
            assertThat(get(server)).contains("MissingAuthenticationToken");
        }
    }

    @Test
    void s3MockAnswers() throws Exception {
        try (ForkedJvm server = S3MockServer.start()) {
            assertThat(get(server)).contains("ListAllMyBucketsResult");
        }
    }

    @Test
    void elasticMqAnswers() throws Exception {
        try (ForkedJvm server = ElasticMq.start()) {
            assertThat(get(server)).contains("MissingAction");
        }
    }

    @Test
    void aServerLeavesNothingBehind() throws IOException {
        Set<Path> before = temporaryFiles();
        ForkedJvm server = DynamoDbLocal.start();
        assertThat(temporaryFiles()).isNotEqualTo(before);

        server.close();
        server.close();

        assertThat(temporaryFiles()).isEqualTo(before);
        assertThatThrownBy(() -> new Socket("localhost", server.port()).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void aServerThatEndsFailsWithWhatItPrinted() throws IOException {
        Set<Path> before = temporaryFiles();

        assertThatThrownBy(() ->
                        ForkedJvm.start(Servers.classpathFile("dynamodb-local"), "no.such.Main", port -> List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no.such.Main ended. It printed:")
                .hasMessageContaining("ClassNotFoundException");
        assertThat(temporaryFiles()).isEqualTo(before);
    }

    private static String get(ForkedJvm server) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(server.url())).build(), BodyHandlers.ofString())
                .body();
    }

    private static Set<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("mooring-forked-jvm"))
                    .collect(Collectors.toSet());
        }
    }
}
