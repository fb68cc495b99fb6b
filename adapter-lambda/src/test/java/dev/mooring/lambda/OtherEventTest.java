// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mooring.Acceptance;
import dev.mooring.Connection;
import dev.mooring.Message;
import dev.mooring.WebSocketApp;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An event of another service ends the invocation, and its content stays out of the error. */
class OtherEventTest implements WebSocketApp {

    private final TestFunction function = new TestFunction(this);

    @Override
    public Acceptance onConnect(Connection connection) {
        throw new AssertionError("the app must not run");
    }

    @Override
    public void onMessage(Connection connection, Message message) {
        throw new AssertionError("the app must not run");
    }

    @AfterEach
    void close() {
        function.close();
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of("", "nothing"),
                Arguments.of(" \n", "nothing"),
                Arguments.of("s3cr3t", "text that is not JSON (Expected a value at character 0)"),
                Arguments.of("{\"a\":\"s3cr3t\"", "text that is not JSON (Expected ',' or '}' at character 13)"),
                Arguments.of("{\"requestContext\":[}", "text that is not JSON (Expected a value at character 19)"),
                Arguments.of("\"s3cr3t\"", "JSON that is no object"),
                Arguments.of("[\"s3cr3t\"]", "JSON that is no object"),
                Arguments.of("null", "JSON that is no object"),
                Arguments.of("{}", "other JSON"),
                Arguments.of("{\"requestContext\":null}", "other JSON"),
                Arguments.of("{\"requestContext\":{\"eventType\":\"CONNECT\"}}", "other JSON"),
                Arguments.of("{\"requestContext\":{\"eventType\":\"s3cr3t\",\"connectionId\":\"a\"}}", "other JSON"),
                Arguments.of("{\"requestContext\":{\"eventType\":null,\"connectionId\":\"a\"}}", "other JSON"),
                Arguments.of(Events.read("authorizer.json").replace("CONNECT", "OTHER"), "an authorizer's event"),
                Arguments.of("""
                        {"type":"TOKEN","methodArn":"arn:aws:x","authorizationToken":"s3cr3t"}""", "an authorizer's event"),
                Arguments.of("""
                        {"Records":[{"EventSource":"aws:sns","Sns":{"Message":"s3cr3t"}}]}""", "a batch of records, as SNS, S3 and streams send them"),
                Arguments.of("{\"Records\":[]}", "a batch of records, as SNS, S3 and streams send them"),
                Arguments.of("{\"Records\":[null]}", "a batch of records, as SNS, S3 and streams send them"),
                Arguments.of("""
                        {"version":"0","source":"aws.ec2","detail-type":"EC2 Instance State-change Notification","detail":{}}""", "an event of EventBridge"),
                Arguments.of("""
                        {"version":"2.0","requestContext":{"http":{"method":"GET"}},"body":"s3cr3t"}""", "an HTTP request"),
                Arguments.of("""
                        {"httpMethod":"POST","requestContext":{"elb":{}},"body":"s3cr3t"}""", "an HTTP request"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void theErrorSaysWhatWasExpectedAndWhatCame(String event, String kind) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> function.invoke(event))
                .withMessage("Expected an event of an API Gateway WebSocket API, with requestContext.eventType CONNECT,"
                        + " MESSAGE or DISCONNECT and a connectionId, but got " + kind
                        + ". Check what invokes this function.")
                .withNoCause();
        assertThat(function.log()).isEmpty();
    }
}
