// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAdder;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Adds up what a client's requests are billed by: the capacity units that DynamoDB Local reports, reads and writes alike,
 * and the items of transactions. For those it reports other units than AWS, which bills two for each KB of each item.
 */
final class Capacity implements ExecutionInterceptor {

    private final DoubleAdder units = new DoubleAdder();
    private final AtomicInteger transactionItems = new AtomicInteger();

    /** The units outside of transactions since the last call of this method. */
    double takeUnits() {
        return units.sumThenReset();
    }

    /** The items in transactions since the last call of this method. */
    int takeTransactionItems() {
        return transactionItems.getAndSet(0);
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        if (context.request() instanceof TransactWriteItemsRequest transaction) {
            transactionItems.addAndGet(transaction.transactItems().size());
            return transaction;
        }
        SdkRequest.Builder request = context.request().toBuilder();
        for (SdkField<?> field : context.request().sdkFields()) {
            if (field.memberName().equals("ReturnConsumedCapacity")) {
                field.set(request, ReturnConsumedCapacity.TOTAL.toString());
            }
        }
        return request.build();
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        context.response()
                .getValueForField("ConsumedCapacity", Object.class)
                .filter(ConsumedCapacity.class::isInstance)
                .map(ConsumedCapacity.class::cast)
                .ifPresent(consumed -> units.add(consumed.capacityUnits()));
    }
}
