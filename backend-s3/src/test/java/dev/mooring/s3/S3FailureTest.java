// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.StoredConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;

/** What the user reads when S3 refuses. The answers are those that S3 documents; the test's server gives no such. */
class S3FailureTest {

    private volatile int status = 403;
    private volatile String answer = "";
    private HttpServer server;
    private Backend backend;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("x-amz-bucket-region", "eu-south-2");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        backend = TestServer.openAt(
                "http://localhost:" + server.getAddress().getPort(), "s3://bucket/app", InstantSource.system());
    }

    @AfterEach
    void stop() {
        backend.close();
        server.stop(0);
    }

    @Test
    void aForbiddenRequestNamesThePermissions() {
        assertProblem(
                403,
                "AccessDenied",
                "access denied. Grant s3:GetObject, s3:PutObject and s3:DeleteObject on the objects and s3:ListBucket on"
                        + " the bucket 'bucket', and s3:CreateBucket where it is to be created");
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken"})
    void refusedCredentialsAreNamedAsSuch(String code) {
        assertProblem(
                403,
                code,
                "the credentials are refused (" + code + "). In Lambda the function's role provides them; elsewhere"
                        + " check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PermanentRedirect", "AuthorizationHeaderMalformed"})
    void aBucketInAnotherRegionIsNamedWithIt(String code) {
        assertProblem(
                code.equals("PermanentRedirect") ? 301 : 400,
                code,
                "the bucket 'bucket' is not in the region eu-west-1. Set region=eu-south-2");
    }

    @Test
    void aServerWithoutConditionalWritesIsRefused() {
        assertProblem(
                501,
                "NotImplemented",
                "the server lacks something that the backend needs. It must support If-Match and If-None-Match");
    }

    @Test
    void throttlingIsNamed() {
        assertProblem(
                503,
                "SlowDown",
                "throttled, and retries did not help (SlowDown). Call again later: S3 takes more where the load lasts");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 403, 404})
    void aServerThatIsNotS3IsNamedAsSuch(int status) {
        this.status = status;
        answer = "<html><body>Welcome</body></html>";

        assertFailure(() -> backend.find("a"))
                .hasMessageEndingWith(": find failed: the answer (status " + status
                        + ") broke off or is not S3's. Check endpoint_url");
    }

    @Test
    void aListingThatIsNoneIsNotTakenForAnEmptyOne() {
        status = 200;
        answer = "<html><body>Welcome</body></html>";
        String problem = " failed: The answer broke off, or is not S3's. Check that S3 can be reached from here, and"
                + " endpoint_url";

        assertFailure(() -> backend.members("room", null, 10)).hasMessageEndingWith(": members" + problem);
        assertFailure(() -> backend.connections(null, 10)).hasMessageEndingWith(": connections" + problem);
        assertFailure(() -> backend.purgeExpired()).hasMessageEndingWith(": purgeExpired" + problem);
    }

    @Test
    void anInterruptIsNamed() {
        Thread.currentThread().interrupt();

        assertFailure(() -> backend.find("a")).hasMessageEndingWith(": find failed: the thread was interrupted");
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    }

    @Test
    void anInterruptWhileRequestsRunSideBySideIsNamed() {
        StoredConnection connection =
                new StoredConnection("a", "{}", Set.of("room"), Instant.parse("2100-01-01T00:00:00Z"));
        Thread.currentThread().interrupt();

        assertFailure(() -> backend.save(connection)).hasMessageEndingWith(": save failed: the thread was interrupted");
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    }

    @Test
    void aFailureWithoutWordsIsNamedByItsKind() {
        Interruption failing = new Interruption();
        failing.before(0, () -> {
            throw SdkClientException.create("failed", new IllegalStateException());
        });
        try (S3Client client = TestServer.client(failing);
                Backend over = TestServer.open(client, "bucket")) {
            assertThatThrownBy(() -> over.find("a"))
                    .hasMessageEndingWith("find failed: java.lang.IllegalStateException. Check that S3 can be reached"
                            + " from here, and endpoint_url");
        }
    }

    @Test
    void everythingElseIsPassedOn() {
        assertProblem(
                400, "InvalidRequest", "S3 answered 400 InvalidRequest, after retries where they help: something");
    }

    private void assertProblem(int status, String code, String problem) {
        this.status = status;
        answer = "<Error><Code>" + code + "</Code><Message>something</Message></Error>";
        assertFailure(() -> backend.find("a")).hasMessageContaining(": find failed: " + problem);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFailure(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOf(BackendException.class)
                .hasMessageStartingWith("s3://bucket/app?region=eu-west-1&endpoint_url=http://localhost:")
                .satisfies(e -> assertThat(e.getCause().toString()).doesNotContain(TestServer.SECRET));
    }
}
