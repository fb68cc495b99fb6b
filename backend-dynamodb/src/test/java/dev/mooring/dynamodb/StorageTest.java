// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Dsn;
import dev.mooring.backend.StoredConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is in the table, as the storage manual says: others may rely on it, and older versions have to read it. */
class StorageTest {

    private final String table = Server.newTable();
    private final DynamoDbClient client = Server.client().build();
    private final DynamoDbBackend backend = Server.over(client, table);

    @AfterEach
    void close() {
        backend.close();
        client.close();
    }

    @Test
    void aConnectionIsARecordAndAMembershipForEachChannel() {
        Instant expiresAt = Server.inOneHour().plusMillis(1);
        StoredConnection saved =
                backend.save(new StoredConnection("AbC-_=", "{\"v\":1}", Set.of("lobby", "room"), expiresAt));

        Map<String, AttributeValue> expiry = Map.of(
                "expiresAt", AttributeValue.fromN(String.valueOf((expiresAt.toEpochMilli() + 999) / 1000)),
                "expiresAtMillis", AttributeValue.fromN(String.valueOf(expiresAt.toEpochMilli())));
        List<Map<String, AttributeValue>> items = items();
        assertThat(items).hasSize(3);
        assertThat(items).contains(with(expiry, "channel#lobby", "AbC-_="), with(expiry, "channel#room", "AbC-_="));
        Map<String, AttributeValue> record = items.stream()
                .filter(item -> item.get("sk").s().equals("record"))
                .findAny()
                .orElseThrow();
        assertThat(record).containsAllEntriesOf(with(expiry, "connection#AbC-_=", "record"));
        assertThat(record).containsEntry("state", AttributeValue.fromS("{\"v\":1}"));
        assertThat(record).containsEntry("revision", AttributeValue.fromS(saved.revision()));
        assertThat(record.get("channels").ss()).containsExactlyInAnyOrder("lobby", "room");
        assertThat(record).hasSize(7);
    }

    @Test
    void dynamoDbDeletesAfterTheExpiryAndNeverBefore() {
        Instant expiresAt = Instant.ofEpochSecond(Server.inOneHour().getEpochSecond());
        for (int millis : new int[] {0, 1, 999}) {
            backend.save(new StoredConnection("a", "{}", Set.of(), expiresAt.plusMillis(millis)));

            long seconds = Long.parseLong(items().get(0).get("expiresAt").n());
            assertThat(seconds).isEqualTo(expiresAt.getEpochSecond() + (millis == 0 ? 0 : 1));
        }
    }

    @Test
    void nothingStaysBehind() {
        StoredConnection saved = backend.save(Server.connection("a", "room", "lobby"));
        backend.update(saved, Server.with(saved, "{}", Set.of("hall", "room")));
        backend.save(Server.connection("a", "attic"));
        assertThat(items()).hasSize(2);

        backend.delete("a");

        assertThat(items()).isEmpty();
    }

    @Test
    void theLargestStateAndTheLongestNamesOfTheMostChannelsFitTogether() {
        String state = "x".repeat(StoredConnection.MAX_STATE_BYTES);
        Set<String> channels = IntStream.range(0, StoredConnection.MAX_CHANNELS)
                .mapToObj(i -> "部".repeat(StoredConnection.MAX_NAME_LENGTH - 4) + (char) ('一' + i) + "部部部")
                .collect(Collectors.toSet());
        StoredConnection saved = backend.save(new StoredConnection("a", state, channels, Server.inOneHour()));
        assertThat(backend.find("a").filter(saved::equals)).isPresent();
        assertThat(items()).hasSize(1002);

        StoredConnection updated = backend.update(saved, Server.with(saved, state.replace('x', 'y'), channels))
                .orElseThrow();
        assertThat(backend.update(saved, updated)).as("a stale update").isEmpty();
        assertThat(backend.find("a").filter(updated::equals)).isPresent();

        StoredConnection small = backend.update(updated, Server.with(updated, state, Set.of("room")))
                .orElseThrow();
        assertThat(backend.find("a").filter(small::equals)).isPresent();
        assertThat(items()).hasSize(2);

        StoredConnection again =
                backend.update(small, Server.with(small, state, channels)).orElseThrow();
        assertThat(backend.delete("a").filter(again::equals)).isPresent();
        assertThat(items()).isEmpty();
    }

    @Test
    void theLargestStateFitsBesideTheMostNamesThatAreKeptWithIt() {
        String state = "x".repeat(StoredConnection.MAX_STATE_BYTES);
        Set<String> channels = IntStream.range(0, StoredConnection.MAX_CHANNELS)
                .mapToObj(i -> String.format("%0128d", i))
                .collect(Collectors.toSet());

        StoredConnection saved =
                backend.save(new StoredConnection("部".repeat(128), state, channels, Server.inOneHour()));

        assertThat(backend.find(saved.id()).filter(saved::equals)).isPresent();
        assertThat(items())
                .as("the record, its state in it, and 1,000 memberships")
                .hasSize(1001);
    }

    @Test
    void whatDynamoDbRemovesOfAnExpiredConnectionMakesNoDifference() {
        Set<String> channels = IntStream.range(0, StoredConnection.MAX_CHANNELS)
                .mapToObj(i -> "部".repeat(StoredConnection.MAX_NAME_LENGTH - 1) + (char) ('一' + i))
                .collect(Collectors.toSet());
        Instant expiresAt = Server.inOneHour();
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        try (DynamoDbBackend moving = DynamoDbBackendProvider.open(Dsn.parse(Server.dsn(table)), now::get)) {
            StoredConnection saved = moving.save(new StoredConnection("a", "{}", channels, expiresAt));
            now.set(expiresAt.minusMillis(1));
            assertThat(moving.find("a")).contains(saved);
            now.set(expiresAt);
            client.deleteItem(request -> request.tableName(table).key(Items.stateKey("a")));

            assertThat(moving.find("a")).isEmpty();
            assertThat(moving.update(saved, saved)).isEmpty();
            assertThat(moving.delete("a")).isEmpty();
            assertThat(items()).isEmpty();
        }
    }

    private static Map<String, AttributeValue> with(Map<String, AttributeValue> expiry, String pk, String sk) {
        return Map.of(
                "pk", AttributeValue.fromS(pk),
                "sk", AttributeValue.fromS(sk),
                "expiresAt", expiry.get("expiresAt"),
                "expiresAtMillis", expiry.get("expiresAtMillis"));
    }

    private List<Map<String, AttributeValue>> items() {
        return client.scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                .toList();
    }
}
