// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.SendException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What servers may answer: the status counts, and a connection is used again only where the answer surely ended. */
class HttpAnswerTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private static boolean post(ManagementApi gateway) {
        return gateway.post("a", new byte[] {'x'});
    }

    static List<String> complete() {
        return List.of(
                OK + "content-length: 0\r\n\r\n",
                OK + "Content-Length:5\r\nDate: today\r\n\r\nhello",
                "HTTP/1.1 200\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n" + OK + "content-length: 0\r\n\r\n",
                OK + "connection: keep-alive, x-close\r\ncontent-length: 0\r\n\r\n",
                OK + "connection: keep-alive\r\ncontent-length: 16384\r\n\r\n" + "x".repeat(16_384));
    }

    @ParameterizedTest
    @MethodSource
    void complete(String answer) throws Exception {
        try (RawServer server = new RawServer(answer, false)) {
            ManagementApi gateway = server.gateway();
            assertThat(post(gateway)).isTrue();
            assertThat(post(gateway)).isTrue();
            assertThat(server.connections).hasValue(1);
        }
    }

    static List<String> withoutACertainEnd() {
        return List.of(
                OK + "\r\n",
                OK + "connection: close\r\ncontent-length: 0\r\n\r\n",
                OK + "connection: keep-alive, Close\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\ncontent-length: 0\r\n\r\n" + OK + "\r\n",
                OK + "transfer-encoding: chunked\r\n\r\n0\r\n\r\n",
                OK + "content-length: 0\r\n\r\nmore",
                OK + "content-length: 16385\r\n\r\n" + "x".repeat(16_385),
                "HTTP/1.0 200 OK\r\ncontent-length: 0\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource
    void withoutACertainEnd(String answer) throws Exception {
        try (RawServer server = new RawServer(answer, false)) {
            ManagementApi gateway = server.gateway();
            assertThat(post(gateway)).isTrue();
            assertThat(post(gateway)).isTrue();
            assertThat(server.connections).hasValue(2);
        }
    }

    static List<String> cutShort() {
        return List.of(
                OK + "content-length: 9\r\n\r\nhello", OK + "transfer-encoding: chunked\r\n\r\n9\r\nhel", OK + "\r\n");
    }

    @ParameterizedTest
    @MethodSource
    void cutShort(String answer) throws Exception {
        try (RawServer server = new RawServer(answer, true)) {
            ManagementApi gateway = server.gateway();
            assertThat(post(gateway)).isTrue();
            assertThat(post(gateway)).isTrue();
        }
    }

    static List<String> none() {
        return List.of(
                "",
                "HTTP/1.1 200 OK",
                OK + "content-length: 0\r\n",
                OK + "content-length: none\r\n\r\n",
                OK + "x: " + "x".repeat(17_000) + "\r\n\r\n",
                "HTTP/1.1 fine\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n");
    }

    @ParameterizedTest
    @MethodSource
    void none(String answer) throws Exception {
        try (RawServer server = new RawServer(answer, true)) {
            SendException failure = catchThrowableOfType(SendException.class, () -> post(server.gateway()));
            assertThat(failure.status()).isZero();
            assertThat(failure).hasMessageStartingWith("No answer from ");
            assertThat(server.connections).hasValue(1);
        }
    }

    @Test
    void whatAnInterimAnswerSaysOfErrorsIsNotOfTheAnswer() throws Exception {
        String interim = "HTTP/1.1 103 Early Hints\r\nx-amzn-ErrorType: HintException\r\n\r\n";
        try (RawServer server = new RawServer(interim + "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n", false)) {
            HttpAnswer answer = server.client().call("POST", "/", Map.of(), new byte[1]);
            assertThat(answer).isEqualTo(new HttpAnswer(403, ""));
        }
    }
}
