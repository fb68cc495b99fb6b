// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.BackendException;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.StoredConnection;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

class TableCreationTest {

    @ParameterizedTest
    @ValueSource(strings = {"abc", "My_Table", "table.1", "-.-", "___", "UPPER", "0123", "a.b-c_D"})
    void aTableMayHaveAnyLegalName(String table) {
        assertWorks(table);
    }

    @Test
    void aTableNameMayHave255Characters() {
        assertWorks("x".repeat(255));
    }

    private static void assertWorks(String table) {
        try (DynamoDbBackend backend = Server.open(Server.dsn(table))) {
            StoredConnection saved = backend.save(Server.connection("a", "room"));

            assertThat(backend.find("a")).contains(saved);
            assertThat(Server.members(backend, "room")).containsExactly("a");
        }
        assertThat(describe(table).tableName()).isEqualTo(table);
    }

    static Stream<Named<Consumer<DynamoDbBackend>>> firstCalls() {
        StoredConnection connection = Server.connection("a", "room");
        return Stream.of(
                Named.of("save", backend -> backend.save(connection)),
                Named.of("save without channels", backend -> backend.save(Server.connection("a"))),
                Named.of("find", backend -> assertThat(backend.find("a")).isEmpty()),
                Named.of("update", backend -> assertThat(backend.update(connection.withRevision("1"), connection))
                        .isEmpty()),
                Named.of("delete", backend -> assertThat(backend.delete("a")).isEmpty()),
                Named.of("members", backend -> assertThat(Server.members(backend, "room"))
                        .isEmpty()),
                Named.of("connections", backend -> assertThat(
                                backend.connections(null, 10).items())
                        .isEmpty()));
    }

    @ParameterizedTest
    @MethodSource("firstCalls")
    void anyFirstCallCreatesTheTable(Consumer<DynamoDbBackend> call) {
        String table = Server.newTable();
        try (DynamoDbBackend backend = Server.open(Server.dsn(table))) {
            call.accept(backend);
        }
        assertThat(describe(table).billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
    }

    @ParameterizedTest
    @MethodSource("firstCalls")
    void noCallCreatesTheTableWhereItMayNot(Consumer<DynamoDbBackend> call) {
        String table = Server.newTable();
        String dsn = Server.dsn(table) + "&auto_create=false";
        try (DynamoDbBackend backend = Server.open(dsn)) {
            assertThatThrownBy(() -> call.accept(backend))
                    .isInstanceOf(BackendException.class)
                    .hasMessageStartingWith(Dsn.parse(dsn) + ": ")
                    .hasMessageEndingWith(
                            " failed: the table '" + table + "' does not exist in eu-west-1. Check region,"
                                    + " create the table, or set auto_create=true and grant dynamodb:CreateTable,"
                                    + " dynamodb:DescribeTable and dynamodb:UpdateTimeToLive");
        }
    }

    @Test
    void theTableHasStringKeysOnDemandBillingAndExpiry() {
        String table = Server.newTable();
        try (DynamoDbBackend backend = Server.open(Server.dsn(table))) {
            backend.save(Server.connection("a"));
        }

        TableDescription created = describe(table);
        assertThat(created.keySchema())
                .extracting(key -> key.attributeName() + " " + key.keyType())
                .containsExactly("pk " + KeyType.HASH, "sk " + KeyType.RANGE);
        assertThat(created.attributeDefinitions()).allMatch(key -> key.attributeType() == ScalarAttributeType.S);
        assertThat(created.globalSecondaryIndexes()).isEmpty();
        assertThat(created.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(describeExpiry(table).timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);
        assertThat(describeExpiry(table).attributeName()).isEqualTo("expiresAt");
    }

    @Test
    void aPurgeTurnsOnTheExpiryThatACreatorDidNotLiveToTurnOn() {
        String table = Server.newTable();
        Requests requests = new Requests();
        requests.failWhere(operation -> operation.equals("UpdateTimeToLive"));
        try (DynamoDbClient client = requests.client();
                DynamoDbBackend stopped = Server.over(client, table)) {
            assertThatThrownBy(() -> stopped.find("a")).hasMessageContaining("the test lets this request fail");
        }
        try (DynamoDbBackend backend = Server.open(Server.dsn(table))) {
            StoredConnection saved = backend.save(Server.connection("a"));
            assertThat(describeExpiry(table).timeToLiveStatus()).isEqualTo(TimeToLiveStatus.DISABLED);

            assertThat(backend.purgeExpired()).isZero();
            assertThat(describeExpiry(table).timeToLiveStatus()).isEqualTo(TimeToLiveStatus.ENABLED);

            assertThat(backend.purgeExpired()).as("once more").isZero();
            assertThat(backend.find("a")).contains(saved);
        }
    }

    @Test
    void aPurgeMakesNoRequestWhereTheTableIsNotOurs() {
        Requests requests = new Requests();
        try (DynamoDbClient client = requests.client();
                DynamoDbBackend backend =
                        new DynamoDbBackend(client, Server.newTable(), false, Duration.ofSeconds(60))) {
            assertThat(backend.purgeExpired()).isZero();
            assertThat(requests.take()).isEmpty();
        }
    }

    @Test
    void aTableThatIsDeletedMeanwhileIsCreatedAgain() {
        String table = Server.newTable();
        try (DynamoDbBackend backend = Server.open(Server.dsn(table));
                DynamoDbClient client = Server.client().build()) {
            backend.save(Server.connection("a"));
            client.deleteTable(request -> request.tableName(table));

            assertThat(backend.find("a")).isEmpty();
            assertThatCode(() -> backend.save(Server.connection("a"))).doesNotThrowAnyException();
        }
    }

    @Test
    void creatorsMayRace() throws Exception {
        int racers = 6;
        String table = Server.newTable();

        Racers.race(racers, i -> () -> {
            try (DynamoDbBackend backend = Server.open(Server.dsn(table))) {
                return backend.save(Server.connection("c" + i, "room"));
            }
        });

        try (DynamoDbBackend backend = Server.open(Server.dsn(table))) {
            assertThat(Server.members(backend, "room")).hasSize(racers);
        }
    }

    @Test
    void aTableOfAnotherKindIsRefusedWithWhatItNeeds() {
        String table = Server.newTable();
        try (DynamoDbBackend backend = Server.open(Server.dsn(table));
                DynamoDbClient client = Server.client().build()) {
            client.createTable(CreateTableRequest.builder()
                    .tableName(table)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build())
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .build());

            assertThatThrownBy(() -> backend.find("a"))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("find failed: the request does not fit the table '" + table + "': ")
                    .hasMessageEndingWith("The table needs a string partition key 'pk' and a string sort key 'sk'");
        }
    }

    private static TimeToLiveDescription describeExpiry(String table) {
        try (DynamoDbClient client = Server.client().build()) {
            return client.describeTimeToLive(request -> request.tableName(table))
                    .timeToLiveDescription();
        }
    }

    private static TableDescription describe(String table) {
        try (DynamoDbClient client = Server.client().build()) {
            return client.describeTable(request -> request.tableName(table)).table();
        }
    }
}
