// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.SendException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches {@code @connections}, and what becomes of its answers. */
class PostTest {

    private static final Credentials CREDENTIALS = new Credentials("AKIDEXAMPLE", "s3cr3t", "t0ken");

    private final ConnectionApi api = new ConnectionApi();
    private final ManagementApi gateway = gateway(60_000);

    PostTest() throws IOException {}

    private ManagementApi gateway(int callMillis) {
        Endpoint endpoint = new Endpoint("http", api.host(), "/prod", "eu-west-1");
        return new ManagementApi(
                endpoint,
                () -> CREDENTIALS,
                new HttpCaller(endpoint, 30_000, callMillis, InstantSource.system()),
                () -> Instant.parse("2026-11-21T10:20:30Z"));
    }

    @AfterEach
    void close() {
        api.close();
    }

    private boolean post(String text) {
        return gateway.post(Events.ID, text.getBytes(StandardCharsets.UTF_8));
    }

    private SendException failure() {
        return catchThrowableOfType(SendException.class, () -> post("hi"));
    }

    @Test
    void aPostIsSigned() {
        assertThat(post("hi ë 🦊")).isTrue();
        ConnectionApi.Request request = api.requests.get(0);
        assertThat(request).hasToString("POST /prod/@connections/L0SM9cOFvHcCIhw%3D hi ë 🦊");
        assertThat(request.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("content-length", "10")
                .containsEntry("host", api.host())
                .containsEntry("x-amz-date", "20261121T102030Z")
                .containsEntry("x-amz-security-token", "t0ken");
        assertThat(request.headers().get("authorization"))
                .startsWith(
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/eu-west-1/execute-api/aws4_request, "
                                + "SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-security-token, Signature=")
                .doesNotContain("s3cr3t");
    }

    @Test
    void aCloseIsADeleteWithoutBody() {
        assertThat(gateway.close(Events.ID)).isTrue();
        ConnectionApi.Request request = api.requests.get(0);
        assertThat(request).hasToString("DELETE /prod/@connections/L0SM9cOFvHcCIhw%3D");
        assertThat(request.headers())
                .doesNotContainKeys("content-type", "content-length", "transfer-encoding")
                .containsEntry("x-amz-date", "20261121T102030Z");
        assertThat(request.headers().get("authorization"))
                .contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,");
    }

    @Test
    void anEmptyMessageIsAMessage() {
        assertThat(post("")).isTrue();
        assertThat(api.requests.get(0).headers()).containsEntry("content-length", "0");
    }

    @ParameterizedTest
    @CsvSource({
        "e_d2EewNLPECIGw=,e_d2EewNLPECIGw%3D",
        "JC1dgf9yoAMCK-g=,JC1dgf9yoAMCK-g%3D",
        "a+b/c?d#e %ë,a%2Bb%2Fc%3Fd%23e%20%25%C3%AB",
        "..,%2E%2E",
        "...,..."
    })
    void anIdIsEncodedOnceInThePath(String id, String encoded) {
        gateway.post(id, new byte[0]);
        assertThat(api.requests.get(0).path()).isEqualTo("/prod/@connections/" + encoded);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204})
    void anySuccessIsASuccess(int status) {
        api.answer(status);
        assertThat(post("hi")).isTrue();
        assertThat(gateway.close("a")).isTrue();
    }

    @Test
    void goneIsKnownByTheStatusAlone() {
        api.answer(410);
        assertThat(post("hi")).isFalse();
        assertThat(gateway.close("a")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | this is no id of a connection.",
                "403 | the function's role needs execute-api:ManageConnections on the API; the endpoint needs the stage,"
                        + " or on a custom domain must not have it; the API must be in the region that was signed for,"
                        + " eu-west-1.",
                "404 | is this the connection API?",
                "413 | the message is too large.",
                "429 | too many requests in this account and region, or this client reads too slowly.",
                "500 | API Gateway failed; try again.",
                "503 | API Gateway failed; try again.",
                "302 | is this the connection API?",
                "401 | is this the connection API?",
                "407 | is this the connection API?"
            })
    void aRefusalSaysWhatToDo(int status, String advice) {
        api.answer(exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            ConnectionApi.respond(exchange, status);
        });
        SendException failure = failure();
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure).hasMessage("http://%s/prod answered %d: %s", api.host(), status, advice);
        assertThat(api.requests).hasSize(1);
    }

    @Test
    void aRefusalNamesTheTypeOfErrorAndRepeatsNothingElse() {
        api.answer(exchange -> {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", "ForbiddenException:http://internal/t0ken");
            byte[] body = "{\"message\":\"… x-amz-security-token:t0ken …\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(403, body.length);
            exchange.getResponseBody().write(body);
        });
        assertThat(failure())
                .hasMessageStartingWith("http://%s/prod answered 403 ForbiddenException: ", api.host())
                .hasNoCause()
                .message()
                .doesNotContain("t0ken");
    }

    @Test
    void aConnectionIsUsedAgainAfterAnErrorWithABody() {
        Set<Integer> ports = ConcurrentHashMap.newKeySet();
        api.answer(exchange -> {
            ports.add(exchange.getRemoteAddress().getPort());
            byte[] body = "x".repeat(2_000).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(500, body.length);
            exchange.getResponseBody().write(body);
        });
        failure();
        failure();
        failure();
        assertThat(ports).hasSize(1);
    }

    @Test
    void noAnswerMayMeanThatItWasDelivered() {
        api.answer(exchange -> {});
        SendException failure = failure();
        assertThat(failure.status()).isZero();
        assertThat(failure.isUnreachable()).isFalse();
        assertThat(failure)
                .hasMessage("No answer from http://%s/prod: the POST may have taken effect all the same.", api.host())
                .hasCauseInstanceOf(IOException.class);
        assertThat(api.requests).hasSize(1);
    }

    @Test
    void aServerThatHangsIsNotWaitedForForever() throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        api.answer(exchange -> {
            arrived.countDown();
            await(released);
        });
        SendException failure =
                catchThrowableOfType(SendException.class, () -> gateway(3_000).post("a", new byte[] {'x'}));
        arrived.await();
        released.countDown();
        assertThat(failure.status()).isZero();
        assertThat(failure).hasMessageStartingWith("No answer from ").hasCauseInstanceOf(SocketTimeoutException.class);
        assertThat(api.seen()).containsExactly("POST /prod/@connections/a x");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aServerThatIsNotThereGotNothing() {
        api.close();
        SendException failure = failure();
        assertThat(failure.status()).isZero();
        assertThat(failure.isUnreachable()).isTrue();
        assertThat(failure)
                .hasMessage("http://%s/prod cannot be reached: nothing was sent.", api.host())
                .hasCauseInstanceOf(ConnectException.class);
    }

    @Test
    void aHostThatIsUnknownGotNothing() {
        // a label too long for DNS, so that no server is asked
        String host = "x".repeat(64) + ".invalid";
        Endpoint endpoint = new Endpoint("https", host, "/prod", "eu-west-1");
        HttpCaller http = new HttpCaller(endpoint, 30_000, 60_000, InstantSource.system());
        ManagementApi nowhere = new ManagementApi(endpoint, () -> CREDENTIALS, http, InstantSource.system());
        SendException failure = catchThrowableOfType(SendException.class, () -> nowhere.post("a", new byte[0]));
        assertThat(failure.isUnreachable()).isTrue();
        assertThat(failure)
                .hasMessage("https://%s/prod cannot be reached: nothing was sent.", host)
                .hasCauseInstanceOf(UnknownHostException.class);
    }
}
