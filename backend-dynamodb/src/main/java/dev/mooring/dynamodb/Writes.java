// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.StoredConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The parts of transactions. Those on a record carry a condition, and tell what is there where it does not hold.
 *
 * @param table the table's name
 */
record Writes(String table) {

    /** A record that was not there is an expired one until it is put, so nobody sees it. */
    private static final String TOUCH =
            "SET revision = :next, expiresAtMillis = if_not_exists(expiresAtMillis, :never),"
                    + " expiresAt = if_not_exists(expiresAt, :later)";

    private static final String EXPIRE = "SET revision = :next, expiresAtMillis = :never";

    TransactWriteItem putRecord(StoredConnection connection, Expectation expected) {
        Put put = Put.builder()
                .tableName(table)
                .item(Items.record(connection))
                .conditionExpression(expected.condition())
                .expressionAttributeValues(expected.values())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        return TransactWriteItem.builder().put(put).build();
    }

    TransactWriteItem deleteRecord(String id, Expectation expected) {
        Delete delete = Delete.builder()
                .tableName(table)
                .key(Items.recordKey(id))
                .conditionExpression(expected.condition())
                .expressionAttributeValues(expected.values())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        return TransactWriteItem.builder().delete(delete).build();
    }

    TransactWriteItem checkRecord(String id, Expectation expected) {
        ConditionCheck check = ConditionCheck.builder()
                .tableName(table)
                .key(Items.recordKey(id))
                .conditionExpression(expected.condition())
                .expressionAttributeValues(expected.values())
                .build();
        return TransactWriteItem.builder().conditionCheck(check).build();
    }

    /** Moves the record's revision and nothing else, so that whoever has read it can no longer write. */
    TransactWriteItem touchRecord(StoredConnection connection, Expectation expected, String next) {
        return updateRecord(
                connection.id(), TOUCH, expected, next, Map.of(":later", Items.expiresAt(connection.expiresAt())));
    }

    /** Hides the record and moves its revision. */
    TransactWriteItem expireRecord(String id, Expectation expected, String next) {
        return updateRecord(id, EXPIRE, expected, next, Map.of());
    }

    private TransactWriteItem updateRecord(
            String id, String expression, Expectation expected, String next, Map<String, AttributeValue> more) {
        Map<String, AttributeValue> values = new HashMap<>(expected.values());
        values.putAll(more);
        values.put(":next", Items.text(next));
        values.put(":never", Items.number(0));
        Update update = Update.builder()
                .tableName(table)
                .key(Items.recordKey(id))
                .updateExpression(expression)
                .conditionExpression(expected.condition())
                .expressionAttributeValues(values)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        return TransactWriteItem.builder().update(update).build();
    }

    TransactWriteItem put(Map<String, AttributeValue> item) {
        return TransactWriteItem.builder()
                .put(Put.builder().tableName(table).item(item).build())
                .build();
    }

    TransactWriteItem delete(Map<String, AttributeValue> key) {
        return TransactWriteItem.builder()
                .delete(Delete.builder().tableName(table).key(key).build())
                .build();
    }

    List<TransactWriteItem> deleteMemberships(String id, Collection<String> channels) {
        List<TransactWriteItem> deletes = new ArrayList<>(channels.size());
        for (String channel : channels) {
            deletes.add(delete(Items.membershipKey(channel, id)));
        }
        return deletes;
    }
}
