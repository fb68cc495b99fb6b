// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.StoredConnection;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What DynamoDB bills for each call, as docs/backends/dynamodb.md says. */
class CapacityTest {

    /** With its attributes' names, a record of between 4 and 5 KB: 5 write units, 2 read units. */
    private static final String STATE = "x".repeat(4_500);

    private static final double R = 5;

    private final Capacity capacity = new Capacity();
    private final DynamoDbClient client = Server.client()
            .overrideConfiguration(config -> config.addExecutionInterceptor(capacity))
            .build();
    private final DynamoDbBackend backend = Server.over(client, Server.newTable());

    @BeforeEach
    void createTable() {
        backend.find("nobody");
        capacity.takeUnits();
    }

    @AfterEach
    void close() {
        backend.close();
        client.close();
    }

    @Test
    void connect() {
        backend.save(connection("a"));
        assertCost(R, 0);

        backend.save(connection("b", "room", "lobby", "hall"));
        assertCost(0, 1 + 3);
    }

    @Test
    void aRead() {
        backend.save(connection("a"));
        assertCost(R, 0);

        backend.find("a");
        assertCost(2, 0);
    }

    @Test
    void anUpdate() {
        StoredConnection saved = backend.save(connection("a", "room", "lobby"));
        assertCost(0, 1 + 2);

        saved = backend.update(saved, Server.with(saved, STATE.replace('x', 'y'), saved.channels()))
                .orElseThrow();
        assertCost(R, 0);

        backend.update(saved, Server.with(saved, STATE, Set.of("hall", "room")));
        assertCost(0, 1 + 2);
    }

    @Test
    void disconnect() {
        backend.save(connection("a"));
        assertCost(R, 0);

        backend.delete("a");
        assertCost(R, 0);

        backend.save(connection("b", "room", "lobby"));
        assertCost(0, 1 + 2);

        backend.delete("b");
        // the DeleteItem before it, which finds channels, is billed too, but the error that it ends in does not say so
        assertCost(0, 1 + 2);
    }

    @Test
    void aPageOfMembersIsBilledByTheSizeOfMembershipsAlone() {
        for (int i = 0; i < 200; i++) {
            backend.save(connection(String.format("%016d", i), "room"));
        }
        assertCost(0, 200 * (1 + 1));

        assertThat(backend.members("room", null, 1000).items()).hasSize(200);
        assertCost(4, 0);
    }

    private void assertCost(double units, int transactionItems) {
        assertThat(capacity.takeUnits()).as("units").isEqualTo(units);
        assertThat(capacity.takeTransactionItems()).as("items in transactions").isEqualTo(transactionItems);
    }

    private static StoredConnection connection(String id, String... channels) {
        return new StoredConnection(id, STATE, Set.of(channels), Server.inOneHour());
    }
}
