// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Sees the requests of a client, and lets some of them fail before they are sent. */
final class Requests implements ExecutionInterceptor {

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> failing = operation -> false;

    DynamoDbClient client() {
        return Server.client()
                .overrideConfiguration(config -> config.addExecutionInterceptor(this))
                .build();
    }

    /** The names of the operations since the last call of this method, in order. */
    List<String> take() {
        List<String> taken = new ArrayList<>(seen);
        seen.clear();
        return taken;
    }

    /** Does something before a transaction is sent, counted from 1. */
    void beforeTransaction(int number, Runnable action) {
        AtomicInteger left = new AtomicInteger(number);
        failWhere(operation -> {
            if (operation.equals("TransactWriteItems") && left.decrementAndGet() == 0) {
                action.run();
            }
            return false;
        });
    }

    void failWhere(Predicate<String> operation) {
        failing = operation;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        seen.add(operation);
        if (failing.test(operation)) {
            throw SdkClientException.create("the test lets this request fail");
        }
    }
}
