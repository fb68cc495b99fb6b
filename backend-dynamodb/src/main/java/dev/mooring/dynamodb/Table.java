// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.BackendException;
import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * The table that holds everything, and how it comes into being.
 *
 * @param client what reaches it
 * @param name its name
 * @param mayCreate whether it is created where it is missing
 * @param timeout how long a call on the backend may take
 * @param store what names the store in errors
 */
record Table(DynamoDbClient client, String name, boolean mayCreate, Duration timeout, String store) {

    /** AWS takes some 10 seconds to create a table; the call that waits for it may take that much longer than others. */
    private static final Duration CREATION_TIMEOUT = Duration.ofSeconds(60);

    private static final long POLL_MILLIS = 200;

    /**
     * Creates the table and returns once it can be used; fine where somebody else creates it at the same time.
     *
     * @param operation what it is needed for
     */
    void create(String operation) {
        Table missing = new Table(client, name, false, timeout, store);
        new Call(missing, operation).send(this::startCreation);
        long deadline = System.nanoTime() + CREATION_TIMEOUT.toNanos();
        while (!new Call(missing, operation).send(this::isActive)) {
            if (System.nanoTime() > deadline) {
                throw new BackendException(
                        store, operation, "the table '" + name + "' is still being created. Call again later", null);
            }
            pause(operation);
        }
        new Call(missing, operation).send(this::enableExpiry);
    }

    /**
     * Has DynamoDB delete what has expired, if it does not yet: whoever created the table may have been stopped before.
     *
     * @param operation what for
     */
    void ensureExpiry(String operation) {
        if (mayCreate) {
            new Call(this, operation).send(this::enableExpiry);
        }
    }

    private boolean startCreation(AwsRequestOverrideConfiguration limits) {
        try {
            client.createTable(CreateTableRequest.builder()
                    .tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(attribute(Items.PARTITION_KEY), attribute(Items.SORT_KEY))
                    .keySchema(key(Items.PARTITION_KEY, KeyType.HASH), key(Items.SORT_KEY, KeyType.RANGE))
                    .overrideConfiguration(limits)
                    .build());
            return true;
        } catch (ResourceInUseException e) {
            return false;
        }
    }

    private boolean isActive(AwsRequestOverrideConfiguration limits) {
        try {
            TableDescription description = client.describeTable(
                            request -> request.tableName(name).overrideConfiguration(limits))
                    .table();
            return description.tableStatus() == TableStatus.ACTIVE;
        } catch (ResourceNotFoundException e) {
            // a description may lag behind
            return false;
        }
    }

    /** By all who waited and by each purge, not by the creator alone: a function may be stopped while it waits. */
    private boolean enableExpiry(AwsRequestOverrideConfiguration limits) {
        try {
            client.updateTimeToLive(request -> request.tableName(name)
                    .timeToLiveSpecification(
                            expiry -> expiry.attributeName(Items.EXPIRES_AT).enabled(true))
                    .overrideConfiguration(limits));
            return true;
        } catch (DynamoDbException e) {
            if (Failure.code(e).equals("ValidationException")) {
                // it is enabled already, or just being so
                return false;
            }
            throw e;
        }
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private void pause(String operation) {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException(store, operation, "the thread was interrupted", e);
        }
    }
}
