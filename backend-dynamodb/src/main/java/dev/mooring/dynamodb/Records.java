// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.StoredConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The requests that read and write records, each of which is one step. Thread-safe. */
final class Records {

    private static final int POLL_MILLIS = 50;

    private final Table table;

    Records(Table table) {
        this.table = table;
    }

    /** Not a counter: it must not come again after delete and save, and it tells a writer its own write from others'. */
    static String newRevision() {
        return UUID.randomUUID().toString();
    }

    /** The connection, unless it has expired: then DynamoDB may have removed one of its items and not yet another. */
    Optional<StoredConnection> find(Call call, String id, Instant now) {
        while (true) {
            Map<String, AttributeValue> record = get(call, Items.recordKey(id));
            if (record.isEmpty() || !Items.connection(record).expiresAt().isAfter(now)) {
                return Optional.empty();
            }
            var whole = withState(call, record);
            if (whole.isPresent()) {
                return whole.map(Items::connection);
            }
        }
    }

    /** The record with its state, wherever that is kept; empty where the state is that of another revision by now. */
    Optional<Map<String, AttributeValue>> withState(Call call, Map<String, AttributeValue> record) {
        AttributeValue revision = record.get(Items.STATE_REVISION);
        if (revision == null) {
            return Optional.of(record);
        }
        Map<String, AttributeValue> state = get(call, Items.stateKey(Items.idOfRecord(record)));
        if (!Items.hasRevision(state, revision.s())) {
            return Optional.empty();
        }
        Map<String, AttributeValue> whole = new HashMap<>(record);
        whole.put(Items.STATE, state.get(Items.STATE));
        return Optional.of(whole);
    }

    /** Waits for the end of a claim; whether it has not come in time. */
    boolean isClaimLeft(Call call, StoredConnection read) {
        long end = System.nanoTime() + call.atMostHalf(Claim.PATIENCE).toNanos();
        while (Items.hasRevision(get(call, Items.recordKey(read.id())), read.revision())) {
            if (System.nanoTime() >= end) {
                return true;
            }
            call.pause(POLL_MILLIS);
        }
        return false;
    }

    /** The item, read consistently; empty if there is none. */
    Map<String, AttributeValue> get(Call call, Map<String, AttributeValue> key) {
        return call.send(limits -> table.client()
                        .getItem(GetItemRequest.builder()
                                .tableName(table.name())
                                .key(key)
                                .consistentRead(true)
                                .overrideConfiguration(limits)
                                .build()))
                .item();
    }

    /** Writes a record whose memberships stay as they are. */
    Outcome put(Call call, StoredConnection connection, Expectation expected) {
        try {
            call.send(limits -> table.client()
                    .putItem(PutItemRequest.builder()
                            .tableName(table.name())
                            .item(Items.record(connection))
                            .conditionExpression(expected.condition())
                            .expressionAttributeValues(expected.values())
                            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                            .overrideConfiguration(limits)
                            .build()));
            return Outcome.DONE;
        } catch (ConditionalCheckFailedException e) {
            // Where the reply to the first attempt was lost, the second one meets its own write.
            return Items.hasRevision(e.item(), connection.revision()) ? Outcome.DONE : Outcome.refused(e.item());
        }
    }

    /** Deletes a record that has no memberships; the outcome holds what it was. */
    Outcome delete(Call call, String id) {
        try {
            return Outcome.done(call.send(limits -> table.client()
                            .deleteItem(DeleteItemRequest.builder()
                                    .tableName(table.name())
                                    .key(Items.recordKey(id))
                                    .conditionExpression(Expectation.NO_CHANNELS.condition())
                                    .expressionAttributeValues(Expectation.NO_CHANNELS.values())
                                    .returnValues(ReturnValue.ALL_OLD)
                                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                                    .overrideConfiguration(limits)
                                    .build()))
                    .attributes());
        } catch (ConditionalCheckFailedException e) {
            return Outcome.refused(e.item());
        }
    }

    /** Carries out all writes or none. The first one is on a record and has the only condition. */
    Outcome commit(Call call, TransactWriteItem record, List<TransactWriteItem> others) {
        List<TransactWriteItem> items = new ArrayList<>(1 + others.size());
        items.add(record);
        items.addAll(others);
        while (true) {
            // The same token for each attempt, for one whose reply is lost may have taken effect; another one after
            // a cancellation, for then none has.
            String token = UUID.randomUUID().toString();
            try {
                call.send(limits -> table.client()
                        .transactWriteItems(TransactWriteItemsRequest.builder()
                                .transactItems(items)
                                .clientRequestToken(token)
                                .overrideConfiguration(limits)
                                .build()));
                return Outcome.DONE;
            } catch (TransactionCanceledException e) {
                if (Cancellation.isRefusal(e)) {
                    return Outcome.refused(e.cancellationReasons().get(0).item());
                }
                call.retryAfter(e);
            }
        }
    }
}
