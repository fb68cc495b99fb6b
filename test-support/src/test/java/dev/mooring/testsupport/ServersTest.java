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
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersTest {

    /** Of this test alone: other builds on the machine have servers too. */
    @TempDir
    private Path temporary;

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
    void aServerLeavesNothingBehind() {
        ForkedJvm server = ForkedJvm.start(
                temporary,
                Servers.classpathFile("s3mock"),
                S3MockServer.MAIN_CLASS,
                port -> List.of(String.valueOf(port)));
        assertThat(temporary).isNotEmptyDirectory();

        server.close();
        server.close();

        assertThat(temporary).isEmptyDirectory();
        assertThatThrownBy(() -> new Socket("localhost", server.port()).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    void aServerThatEndsFailsWithWhatItPrinted() {
        assertThatThrownBy(() -> ForkedJvm.start(
                        temporary, Servers.classpathFile("dynamodb-local"), "no.such.Main", port -> List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("no.such.Main ended. It printed:")
                .hasMessageContaining("ClassNotFoundException");
        assertThat(temporary).isEmptyDirectory();
    }

    private static String get(ForkedJvm server) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(server.url())).build(), BodyHandlers.ofString())
                .body();
    }
}
