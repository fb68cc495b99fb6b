// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqs;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.mooring.json.Json;
import dev.mooring.lambda.WebSocketLambda;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.sqs.model.Message;

/** A function as Lambda runs it behind a queue, with an event source mapping that reports batch item failures. */
final class Function implements Context, LambdaLogger {

    final List<String> log = new CopyOnWriteArrayList<>();
    private final WebSocketLambda handler;

    Function(WebSocketLambda handler) {
        this.handler = handler;
    }

    /** Hands a batch to the handler if there is one, and deletes what it has done. */
    boolean poll(String queue) {
        List<Message> batch = Server.receive(queue);
        if (batch.isEmpty()) {
            return false;
        }
        Set<String> failures = failures(invoke(event(batch)));
        for (Message message : batch) {
            if (!failures.contains(message.messageId())) {
                Server.delete(queue, message);
            }
        }
        return true;
    }

    String invoke(String event) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), answer, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static String event(List<Message> batch) {
        List<Map<String, String>> records = new ArrayList<>();
        for (Message message : batch) {
            records.add(Map.of(
                    "eventSource", "aws:sqs",
                    "messageId", message.messageId(),
                    "receiptHandle", message.receiptHandle(),
                    "body", message.body()));
        }
        return Json.write(Map.of("Records", records));
    }

    private static Set<String> failures(String answer) {
        Set<String> failures = new HashSet<>();
        Map<?, ?> response = (Map<?, ?>) Json.parse(answer);
        for (Object failure : (List<?>) response.get("batchItemFailures")) {
            failures.add((String) ((Map<?, ?>) failure).get("itemIdentifier"));
        }
        return failures;
    }

    @Override
    public void log(String message) {
        log.add(message);
    }

    @Override
    public void log(byte[] message) {
        log.add(new String(message, StandardCharsets.UTF_8));
    }

    @Override
    public LambdaLogger getLogger() {
        return this;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return 29_000;
    }

    @Override
    public String getAwsRequestId() {
        return "6bc28136-xmpl-4365-b021-0ce6b2e64ab0";
    }

    @Override
    public String getFunctionName() {
        return "chat";
    }

    @Override
    public String getLogGroupName() {
        return null;
    }

    @Override
    public String getLogStreamName() {
        return null;
    }

    @Override
    public String getFunctionVersion() {
        return null;
    }

    @Override
    public String getInvokedFunctionArn() {
        return null;
    }

    @Override
    public CognitoIdentity getIdentity() {
        return null;
    }

    @Override
    public ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getMemoryLimitInMB() {
        return 512;
    }
}
