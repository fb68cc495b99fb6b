// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.Job;
import dev.mooring.backend.BackendException;
import dev.mooring.testsupport.FaultProxy;
import dev.mooring.testsupport.FrontServer;
import dev.mooring.testsupport.FrontServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A queue that fails says what happened and what to do; what it did not take is not passed over in silence. */
@Timeout(120)
class FailureTest {

    private static final Job JOB = Job.broadcast("hi");

    private final String queue = Server.newQueue();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final FrontServer front = new FrontServer(Server.port(), answers::poll);
    private final String url = at(front.port());

    @AfterEach
    void close() {
        front.close();
    }

    /** The queue, by way of another port. */
    private String at(int port) {
        return queue.replace(":" + Server.port() + "/", ":" + port + "/");
    }

    private void answer(String body) {
        answers.add(new Answer(200, body));
    }

    private void refuse(int status, String code, String message) {
        answers.add(Answer.error(status, "com.amazonaws.sqs#" + code, message));
    }

    private void add(Job... jobs) {
        add(url, Duration.ofMinutes(1), jobs);
    }

    private static void add(String url, Duration timeout, Job... jobs) {
        try (var client = QueueUrl.parse(url).connect(timeout)) {
            new SqsJobQueue(client, url, timeout).add(List.of(jobs));
        }
    }

    private ThrowableAssertAlternative<BackendException> assertThatAddingFails(Job... jobs) {
        return assertThatExceptionOfType(BackendException.class).isThrownBy(() -> add(jobs));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AccessDenied | User is not authorized | access denied: User is not authorized. Grant sqs:SendMessage on the \
            queue to the function's role
            QueueDoesNotExist | no such queue | the queue does not exist. Check account, region and name in its URL, or \
            create it
            KmsAccessDenied | no key for you | the queue's key cannot be used: no key for you. Grant \
            kms:GenerateDataKey and kms:Decrypt on it to the function's role
            InvalidAddress | The address is not valid | SQS answered 400 InvalidAddress: The address is not valid
            """)
    void whatSqsRefusesNamesTheQueueAndTheRemedy(String code, String message, String problem) {
        refuse(400, code, message);
        assertThatAddingFails(JOB).withMessage(url + ": SendMessageBatch failed: " + problem);
        assertThat(front.requests()).hasSize(1);
    }

    @Test
    void aQueueThatDoesNotExistIsRefusedByTheServerItself() {
        String missing = url + "-missing";
        assertThatExceptionOfType(BackendException.class)
                .isThrownBy(() -> add(missing, Duration.ofMinutes(1), JOB))
                .withMessage(missing + ": SendMessageBatch failed: the queue does not exist. Check account, region and"
                        + " name in its URL, or create it");
    }

    @Test
    void refusedCredentialsAreNotRepeated() {
        refuse(403, "InvalidSignatureException", "expected s3cr3t");
        assertThatAddingFails(JOB)
                .withMessageContaining("the credentials are refused (InvalidSignatureException)")
                .withStackTraceContaining("SendMessageBatch")
                .satisfies(e -> assertThat(e.getCause()).hasMessageNotContaining("s3cr3t"));
    }

    @Test
    void aRequestThatFailsForNowIsRepeated() {
        refuse(500, "InternalError", "try again");
        refuse(400, "RequestThrottled", "too many");
        add(JOB);
        assertThat(Server.take(queue)).containsExactly(JOB);
    }

    @Test
    void throttlingThatDoesNotEndSaysSo() {
        for (int i = 0; i < 10; i++) {
            refuse(400, "RequestThrottled", "too many");
        }
        assertThatAddingFails(JOB)
                .withMessage(url + ": SendMessageBatch failed: throttled, and retries did not help (RequestThrottled)."
                        + " Raise the timeout, or publish less at once");
        assertThat(Server.take(queue)).isEmpty();
    }

    @Test
    void messagesOfABatchThatFailForNowAreSentAgainAlone() {
        answer("""
                {"Successful":[],"Failed":[
                 {"Id":"0","SenderFault":false,"Code":"InternalError","Message":"try again"},
                 {"Id":"2","SenderFault":false,"Code":"InternalError","Message":"try again"}]}""");
        add(Job.broadcast("a"), Job.broadcast("b"), Job.broadcast("c"));
        // the server took the second one, as far as this client knows
        assertThat(Server.take(queue)).containsExactlyInAnyOrder(Job.broadcast("a"), Job.broadcast("c"));
        assertThat(front.requests()).hasSize(2);
    }

    @Test
    void messagesThatFailUntilTheTimeIsUpAreReported() {
        for (int i = 0; i < 1000; i++) {
            answer("""
                    {"Successful":[],"Failed":[
                     {"Id":"0","SenderFault":false,"Code":"InternalError","Message":"try again"}]}""");
        }
        assertThatTheFailedMessageIsReported(url);
    }

    @Test
    void messagesThatFailedAreReportedEvenIfTheLastAttemptGotNoAnswer() {
        answer("""
                {"Successful":[],"Failed":[
                 {"Id":"0","SenderFault":false,"Code":"InternalError","Message":"try again"}]}""");
        try (FrontServer silent =
                new FrontServer(Server.port(), () -> answers.isEmpty() ? afterTheTest() : answers.poll())) {
            assertThatTheFailedMessageIsReported(at(silent.port()));
            assertThat(silent.requests()).hasSizeGreaterThan(1);
        }
    }

    /** An answer that comes when the server ends. */
    private static Answer afterTheTest() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Answer(200, "{}");
    }

    private static void assertThatTheFailedMessageIsReported(String url) {
        assertThatExceptionOfType(BackendException.class)
                .isThrownBy(() -> add(url, Duration.ofSeconds(10), JOB))
                .withMessage(
                        url + ": SendMessageBatch failed: SQS did not take 1 job: InternalError: try again. Retries"
                                + " did not help");
    }

    @Test
    void aJobThatTheQueueRefusesIsReportedAndTheOthersAreAdded() {
        answer("""
                {"Successful":[],"Failed":[{"Id":"0","SenderFault":true,"Code":"InvalidParameterValue",
                 "Message":"Message must be shorter than 262144 bytes."}]}""");
        Job large = Job.broadcast("\"".repeat(131_072));
        assertThatAddingFails(large, Job.broadcast("a"), Job.broadcast("b"))
                .withMessage(
                        url + ": SendMessageBatch failed: SQS did not take 1 job: InvalidParameterValue: Message must"
                                + " be shorter than 262144 bytes. If it is too long, raise the queue's MaximumMessageSize (up to"
                                + " 1048576), or shorten the text");
        assertThat(Server.take(queue)).containsExactlyInAnyOrder(Job.broadcast("a"), Job.broadcast("b"));
    }

    @Test
    void aServerThatIsGoneFailsAtOnce() {
        assertThatExceptionOfType(BackendException.class)
                .isThrownBy(() -> add("http://localhost:1/000000000000/jobs", Duration.ofMinutes(1), JOB))
                .withMessageMatching(
                        "http://localhost:1/000000000000/jobs: SendMessageBatch failed: Connection refused.*"
                                + "\\. Check that SQS can be reached from here, and the queue's URL");
    }

    @Test
    @Timeout(30)
    void aServerThatHangsFailsWithinTheTimeout() {
        try (FaultProxy proxy = FaultProxy.to("localhost", Server.port())) {
            proxy.stall();
            String hanging = at(proxy.port());
            assertThatExceptionOfType(BackendException.class)
                    .isThrownBy(() -> add(hanging, Duration.ofMillis(500), JOB))
                    .withMessage(hanging + ": SendMessageBatch failed: no answer within 500 ms. Check that SQS can be"
                            + " reached from here (a function in a VPC needs an interface endpoint for it, or a NAT"
                            + " gateway) and the queue's URL");
        }
    }

    @Test
    void aReplyThatIsLostMayAddAJobTwiceButLosesNone() {
        try (FaultProxy proxy = FaultProxy.to("localhost", Server.port());
                SqsJobQueue jobs = SqsJobQueue.open(at(proxy.port()))) {
            jobs.add(List.of(Job.broadcast("before")));
            proxy.cutReplyAfter(0);
            jobs.add(List.of(JOB));
        }
        assertThat(Server.take(queue)).contains(JOB).containsOnly(Job.broadcast("before"), JOB);
    }

    @Test
    void anInterruptedThreadStaysInterrupted() {
        answer("""
                {"Successful":[],"Failed":[
                 {"Id":"0","SenderFault":false,"Code":"InternalError","Message":"try again"}]}""");
        Thread.currentThread().interrupt();
        assertThatAddingFails(JOB).withMessage(url + ": SendMessageBatch failed: the thread was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
