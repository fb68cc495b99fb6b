// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With SnapStart, Lambda sets no keys: it hands them out over HTTP. */
class ContainerCredentialsTest {

    private static final String FAILURE =
            "There are no AWS credentials to sign with: the server that AWS_CONTAINER_CREDENTIALS_FULL_URI names ";

    private final ConnectionApi server = new ConnectionApi();
    private final TestClock clock = new TestClock();

    ContainerCredentialsTest() throws IOException {}

    @AfterEach
    void close() {
        server.close();
    }

    private String uri() {
        return "http://" + server.host() + "/2021-04-23/credentials";
    }

    private ContainerCredentials credentials() {
        return new ContainerCredentials(uri(), "b3arer", clock);
    }

    private void answer(String body) {
        server.answer(exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    private void answer(String id, Duration lifetime) {
        answer("{\"AccessKeyId\":\"" + id + "\",\"SecretAccessKey\":\"s3cr3t\",\"Token\":\"t0ken\",\"Expiration\":\""
                + clock.instant().plus(lifetime) + "\"}");
    }

    @Test
    void theyAreAskedForWithTheToken() {
        answer("ASIA1", Duration.ofHours(1));
        assertThat(credentials().get()).isEqualTo(new Credentials("ASIA1", "s3cr3t", "t0ken"));
        assertThat(server.seen()).containsExactly("GET /2021-04-23/credentials");
        assertThat(server.requests.get(0).headers()).containsEntry("authorization", "b3arer");
    }

    @Test
    void theyAreKeptUntilAMinuteBeforeTheyExpire() {
        ContainerCredentials credentials = credentials();
        answer("ASIA1", Duration.ofHours(1));
        assertThat(credentials.get().accessKeyId()).isEqualTo("ASIA1");
        answer("ASIA2", Duration.ofHours(3));
        clock.advance(Duration.ofMinutes(59).minusMillis(1));
        assertThat(credentials.get().accessKeyId()).isEqualTo("ASIA1");
        clock.advance(Duration.ofMillis(1));
        assertThat(credentials.get().accessKeyId()).isEqualTo("ASIA2");
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void theyAreUsedUntilTheyExpireWhereTheServerFails() {
        ContainerCredentials credentials = credentials();
        answer("ASIA1", Duration.ofMinutes(2));
        Credentials first = credentials.get();
        server.answer(500);

        clock.advance(Duration.ofSeconds(90));
        assertThat(credentials.get()).isEqualTo(first);
        assertThat(credentials.get()).isEqualTo(first);
        assertThat(server.requests).as("not asked for each message").hasSize(2);

        clock.advance(Duration.ofSeconds(30));
        assertThatIllegalStateException().isThrownBy(credentials::get).withMessage(FAILURE + "answered 500.");
        assertThatIllegalStateException().isThrownBy(credentials::get).withMessage(FAILURE + "answered 500.");

        answer("ASIA2", Duration.ofHours(1));
        assertThat(credentials.get().accessKeyId()).isEqualTo("ASIA2");
    }

    @Test
    void aFunctionWithoutKeysSignsWithThem() {
        answer("ASIA1", Duration.ofHours(1));
        Map<String, String> environment = Map.of(
                "MOORING_DSN", "memory://",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", uri(),
                "AWS_CONTAINER_AUTHORIZATION_TOKEN", "b3arer");
        assertThat(signedWith(environment)).contains("Credential=ASIA1/");
    }

    @Test
    void theEnvironmentsKeysComeFirst() {
        Map<String, String> environment = Map.of(
                "MOORING_DSN", "memory://",
                "AWS_ACCESS_KEY_ID", "AKID",
                "AWS_SECRET_ACCESS_KEY", "s3cr3t",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", uri());
        assertThat(signedWith(environment)).contains("Credential=AKID/");
        assertThat(server.requests).isEmpty();
    }

    private static String signedWith(Map<String, String> environment) {
        try (TestFunction function = new TestFunction(
                (connection, message) -> connection.send("hi"), builder -> builder.environment(environment))) {
            function.invoke(Events.message("a"));
            return function.api.requests.get(0).headers().get("authorization");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://credentials.example.com/",
                "http://localhost:9001/",
                "http://127.0.0.1/",
                "http://[::1]:9001/x",
                "http://169.254.170.2/v2",
                "http://169.254.170.23/v1",
                "http://[fd00:ec2::23]/v1"
            })
    void theseMayBeAsked(String uri) {
        assertThat(new ContainerCredentials(uri, "b3arer", clock)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://credentials.example.com/s3cr3t",
                "http://169.254.169.254/s3cr3t",
                "http://127.0.0.1.example.com/s3cr3t",
                "file:///s3cr3t",
                "https:///s3cr3t",
                "s3cr3t",
                "http://s3cr3t:^"
            })
    void noOtherIsAsked(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContainerCredentials(uri, "b3arer", clock))
                .withMessage(
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI is neither an https URL nor an http URL of this machine."
                                + " Lambda sets it; elsewhere leave it, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                                + " instead.")
                .withNoCause();
    }

    @Test
    void aTokenThatNoHeaderCanHoldIsNotRepeated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ContainerCredentials(uri(), "b3arer\r\nx: y", clock))
                .withMessage("AWS_CONTAINER_AUTHORIZATION_TOKEN has a line break or other character that no header can"
                        + " hold.");
    }

    @Test
    void aRefusalIsAnError() {
        server.answer(403);
        assertThatIllegalStateException()
                .isThrownBy(credentials()::get)
                .withMessage(FAILURE + "answered 403.")
                .withNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cr3t",
                "[\"s3cr3t\"]",
                "{\"AccessKeyId\":\"ASIA1\",\"Token\":\"s3cr3t\"}",
                "{\"AccessKeyId\":\"ASIA1\",\"SecretAccessKey\":\"s3c\\nr3t\"}",
                "{\"AccessKeyId\":\"ASIA1\",\"SecretAccessKey\":\"s3cr3t\",\"Expiration\":\"s3cr3t\"}"
            })
    void whatIsNotCredentialsIsNotRepeated(String body) {
        answer(body);
        assertThatIllegalStateException()
                .isThrownBy(credentials()::get)
                .withMessage(FAILURE + "answered what are no credentials.")
                .withNoCause();
    }

    @Test
    void aServerThatIsNotThereIsAnError() {
        server.close();
        assertThatIllegalStateException()
                .isThrownBy(credentials()::get)
                .withMessage(FAILURE + "did not answer.")
                .withCauseInstanceOf(IOException.class);
    }
}
