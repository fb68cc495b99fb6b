// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.BackendException;
import dev.mooring.backend.StoredConnection;
import dev.mooring.testsupport.FrontServer;
import dev.mooring.testsupport.FrontServer.Answer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What AWS answers and DynamoDB Local never does. */
class AnswersTest {

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final FrontServer front = new FrontServer(Server.port(), answers::poll);
    private final String table = Server.newTable();
    private final String dsn = Server.dsn(table, front.port()) + "&timeout=30s";
    private final DynamoDbBackend backend = Server.open(dsn);
    private final String impatientDsn = Server.dsn(table, front.port()) + "&timeout=1s";
    private final DynamoDbBackend impatient = Server.open(impatientDsn);

    @AfterEach
    void close() {
        backend.close();
        impatient.close();
        front.close();
    }

    private void answer(int times, int status, String code, String message) {
        answers.addAll(
                Collections.nCopies(times, Answer.error(status, "com.amazonaws.dynamodb.v20120810#" + code, message)));
    }

    /** A cancelled transaction, for the reason given for its second item. */
    private void cancel(int times, String reason) {
        answers.addAll(Collections.nCopies(
                times,
                new Answer(
                        400,
                        "{\"__type\":\"com.amazonaws.dynamodb.v20120810#TransactionCanceledException\","
                                + "\"Message\":\"Transaction cancelled\",\"CancellationReasons\":[{\"Code\":\"None\"},"
                                + "{\"Code\":\"" + reason + "\"}]}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded"})
    void throttlingIsWaitedFor(String code) {
        StoredConnection saved = backend.save(Server.connection("a", "room"));
        answer(3, 400, code, "Slow down");

        assertThat(backend.find("a")).contains(saved);
        assertThat(answers).isEmpty();
    }

    @Test
    void throttlingThatGoesOnEndsTheCall() {
        backend.find("a");
        answer(1000, 400, "ProvisionedThroughputExceededException", "Slow down");

        assertFailure(() -> impatient.find("a"))
                .hasMessage(impatientDsn + ": find failed: throttled, and retries did not help"
                        + " (ProvisionedThroughputExceededException). Give the table '" + table
                        + "' on-demand billing or more capacity, or raise timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
    void aTransactionThatMayYetSucceedIsTriedAgain(String reason) {
        backend.find("a");
        cancel(3, reason);

        StoredConnection saved = backend.save(Server.connection("a", "room"));

        assertThat(answers).isEmpty();
        assertThat(backend.find("a")).contains(saved);
    }

    @Test
    void aWriteThatATransactionStandsInTheWayOfIsTriedAgain() {
        StoredConnection saved = backend.save(Server.connection("a"));
        answer(3, 400, "TransactionConflictException", "Transaction is ongoing for the item");

        assertThat(backend.update(saved, Server.with(saved, "{\"v\":2}", Set.of())))
                .isPresent();
        assertThat(answers).isEmpty();
    }

    @Test
    void conflictsThatDoNotEndEndTheCall() {
        backend.find("a");
        cancel(1000, "TransactionConflict");

        assertFailure(() -> impatient.save(Server.connection("a", "room")))
                .hasMessage(impatientDsn + ": save failed: other writers of the same connection were always faster"
                        + " (TransactionConflict). Raise timeout, or write less to one connection at a time");
    }

    @Test
    void aTransactionThatCannotSucceedIsNot() {
        backend.find("a");
        cancel(1, "ItemCollectionSizeLimitExceeded");

        assertFailure(() -> backend.save(Server.connection("a", "room")))
                .hasMessage(
                        dsn + ": save failed: DynamoDB cancelled the transaction (ItemCollectionSizeLimitExceeded)");
    }

    @Test
    void aMissingPermissionIsNamed() {
        backend.find("a");
        String denied = "User: arn:aws:sts::123456789012:assumed-role/chat/fn is not authorized to perform:"
                + " dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:123456789012:table/" + table;
        answer(1, 400, "AccessDeniedException", denied);

        assertFailure(() -> backend.find("a"))
                .hasMessage(dsn + ": find failed: access denied: " + denied + ". Grant dynamodb:GetItem, PutItem,"
                        + " UpdateItem, DeleteItem, ConditionCheckItem, Query and Scan on the table '" + table
                        + "', and CreateTable, DescribeTable and UpdateTimeToLive where it is to be created");
    }

    @Test
    void aMissingPermissionToCreateTheTableIsNamed() {
        answer(1, 400, "ResourceNotFoundException", "Requested resource not found");
        answer(1, 400, "AccessDeniedException", "not authorized to perform: dynamodb:CreateTable");

        assertFailure(() -> backend.find("a"))
                .hasMessageContaining(
                        "find failed: access denied: not authorized to perform: dynamodb:CreateTable. Grant");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UnrecognizedClientException",
                "ExpiredTokenException",
                "MissingAuthenticationTokenException",
                "InvalidSignatureException",
                "IncompleteSignatureException"
            })
    void refusedCredentialsAreNamedAndNotRepeated(String code) {
        backend.find("a");
        answer(1, 400, code, "The Canonical String should have been x-amz-security-token:sEcReT");

        assertFailure(() -> backend.find("a"))
                .hasMessage(dsn + ": find failed: the credentials are refused (" + code + "). In Lambda the function's"
                        + " role provides them; elsewhere check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and"
                        + " AWS_SESSION_TOKEN, and the clock");
        backend.find("a");
    }

    @Test
    void missingCredentialsAreNamed() {
        try (DynamoDbClient client = Server.client()
                        .credentialsProvider(AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create()))
                        .build();
                DynamoDbBackend without = new DynamoDbBackend(client, table)) {
            assertFailure(() -> without.find("a"))
                    .hasMessage("dynamodb://" + table + ": find failed: no AWS credentials. In Lambda the function's"
                            + " role provides them; elsewhere set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                            + " AWS_PROFILE");
        }
    }

    @Test
    void anUnknownHostIsNamed() {
        String unknown =
                "dynamodb://" + table + "?region=eu-west-1&endpoint_url=http://no-such-host.invalid&timeout=1s";
        try (DynamoDbBackend nowhere = Server.open(unknown)) {
            assertFailure(() -> nowhere.find("a"))
                    .hasMessageStartingWith(unknown + ": find failed: unknown host no-such-host.invalid")
                    .hasMessageEndingWith(". Check region and endpoint_url");
        }
    }

    @Test
    void aServerErrorThatPassesIsWaitedFor() {
        backend.find("a");
        answer(2, 500, "InternalServerError", "Internal server error");

        assertThat(backend.find("a")).isEmpty();
        assertThat(answers).isEmpty();
    }

    @Test
    void anyOtherErrorIsPassedOn() {
        backend.find("a");
        answer(1, 400, "LimitExceededException", "Too many operations");

        assertFailure(() -> backend.find("a"))
                .hasMessage(dsn + ": find failed: DynamoDB answered 400 LimitExceededException: Too many operations");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFailure(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOf(BackendException.class).satisfies(failure -> {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("sEcReT");
        });
    }
}
