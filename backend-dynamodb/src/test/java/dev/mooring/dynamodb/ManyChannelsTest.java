// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.BackendException;
import dev.mooring.backend.StoredConnection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Changes of more memberships than fit one transaction: they race, lose and fail halfway. */
class ManyChannelsTest {

    private static final int RACERS = 4;
    private static final int ROUNDS = 8;

    /** To join 200 channels and leave 250: the claim, three of additions, the record, three of removals, the end. */
    private static final int STEPS = 9;

    private static final int STEPS_BEFORE_RECORD = 4;

    private final String table = Server.newTable();
    private final Requests requests = new Requests();
    private final DynamoDbClient client = requests.client();
    private final DynamoDbBackend backend = Server.over(client, table);

    @AfterEach
    void close() {
        backend.close();
        client.close();
    }

    @Test
    void aChannelMoreThanFitsIsNoTrouble() {
        for (int count : new int[] {97, 98, 99, 100, 196, 197}) {
            StoredConnection saved = backend.save(connection(0, count));
            assertIndexAgrees();
            saved = backend.update(saved, with(saved, count, 2 * count)).orElseThrow();
            assertIndexAgrees();
            saved = backend.update(saved, with(saved, 0, 0)).orElseThrow();
            assertIndexAgrees();
            saved = backend.update(saved, with(saved, 0, count)).orElseThrow();
            assertIndexAgrees();
            assertThat(backend.delete("a")).contains(saved);
            assertIndexAgrees();
        }
    }

    @Test
    void ofRacingUpdatesOneWinsAndTheOthersTakeTheirChannelsBack() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            StoredConnection saved = backend.save(connection(0, 50));

            List<Optional<StoredConnection>> results =
                    Racers.race(RACERS, i -> () -> backend.update(saved, with(saved, 40 * i, 40 * i + 150)));

            assertThat(results.stream().filter(Optional::isPresent))
                    .as("winners")
                    .hasSize(1);
            assertThat(backend.find("a").map(StoredConnection::channels))
                    .as("what the winner wrote")
                    .isEqualTo(
                            results.stream().flatMap(Optional::stream).findAny().map(StoredConnection::channels));
            assertIndexAgrees();
        }
    }

    @Test
    void theChannelsAgreeWithTheRecordWhoeverWins() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            backend.save(connection(0, random.nextInt(300)));

            Racers.race(RACERS, i -> anything(random.nextLong()));

            assertIndexAgrees("round " + round + " of seed " + seed);
        }
    }

    private Callable<Object> anything(long seed) {
        Random random = new Random(seed);
        int from = random.nextInt(200);
        int to = from + random.nextInt(200);
        return switch (random.nextInt(4)) {
            case 0 -> () -> backend.delete("a");
            case 1 -> () -> backend.save(connection(from, to));
            default -> () -> backend.find("a").flatMap(found -> backend.update(found, with(found, from, to)));
        };
    }

    @Test
    void aSaveThatFailedHalfwayIsCompletedByAnother() {
        backend.save(connection(0, 10));
        failAfterTransactions(2);
        assertThatThrownBy(() -> backend.save(connection(100, 500))).isInstanceOf(BackendException.class);
        assertThat(backend.find("a"))
                .as("still what it was")
                .map(StoredConnection::channels)
                .contains(Server.rooms(0, 10));

        requests.failWhere(operation -> false);
        backend.save(connection(100, 500));

        assertIndexAgrees();
    }

    @Test
    void aDeletionThatFailedHalfwayHasTakenPlaceAndIsCompletedByAnother() {
        backend.save(connection(0, 500));
        failAfterTransactions(2);
        assertThatThrownBy(() -> backend.delete("a")).isInstanceOf(BackendException.class);
        assertThat(backend.find("a")).isEmpty();

        requests.failWhere(operation -> false);
        assertThat(backend.delete("a")).isEmpty();

        assertThat(client.scan(request -> request.tableName(table)).items()).isEmpty();
    }

    @Test
    void aConnectionWhoseDeletionFailedHalfwayCanComeBack() {
        backend.save(connection(0, 500));
        failAfterTransactions(2);
        assertThatThrownBy(() -> backend.delete("a")).isInstanceOf(BackendException.class);

        requests.failWhere(operation -> false);
        backend.save(connection(100, 200));

        assertIndexAgrees();
    }

    @Test
    void aDeletionTakesWhatAWriterWhoFailedHalfwayHadAdded() {
        StoredConnection saved = backend.save(connection(0, 10));
        failAfterTransactions(3);
        assertThatThrownBy(() -> backend.update(saved, with(saved, 5, 500))).isInstanceOf(BackendException.class);

        requests.failWhere(operation -> false);
        assertThat(backend.delete("a").map(StoredConnection::channels)).contains(saved.channels());

        assertThat(client.scan(request -> request.tableName(table)).items()).isEmpty();
    }

    @Test
    void whereverAChangeStopsTheNextReaderFindsTheOneStateOrTheOtherAndTheChannelsAgree() throws Exception {
        for (int step = 0; step < STEPS; step++) {
            StoredConnection saved = backend.save(Server.connection("a" + step, Server.rooms(0, 300)));
            failAfterTransactions(step);
            assertThatThrownBy(() -> backend.update(saved, with(saved, 250, 500)))
                    .as("the change is to stop before step %d", step)
                    .isInstanceOf(BackendException.class);
        }
        requests.failWhere(operation -> false);

        List<Set<String>> found = Racers.race(
                STEPS, step -> () -> backend.find("a" + step).orElseThrow().channels());

        assertThat(found.subList(0, STEPS_BEFORE_RECORD + 1)).containsOnly(Server.rooms(0, 300));
        assertThat(found.subList(STEPS_BEFORE_RECORD + 1, STEPS)).containsOnly(Server.rooms(250, 500));
        for (int step = 0; step < STEPS; step++) {
            assertThat(Server.channelsThatList(client, table, "a" + step))
                    .as("the channels that list a connection whose change stopped before step %d", step)
                    .isEqualTo(found.get(step));
        }
    }

    /** Together they are more than a connection may have. */
    @Test
    void allChannelsMayBeExchangedForOthers() throws Exception {
        int[] stops = {4, 11}; // before the record and after it
        for (int stop : stops) {
            for (String id : List.of("read" + stop, "deleted" + stop)) {
                StoredConnection saved = backend.save(Server.connection(id, Server.rooms(0, 600)));
                failAfterTransactions(stop);
                assertThatThrownBy(() -> backend.update(saved, with(saved, 600, 1200)))
                        .isInstanceOf(BackendException.class);
                requests.failWhere(operation -> false);
            }

            assertThat(backend.delete("deleted" + stop)).isPresent();
            assertThat(Server.channelsThatList(client, table, "deleted" + stop)).isEmpty();
            assertThat(Server.channelsThatList(client, table, "read" + stop))
                    .as("what is yet to be cleaned up")
                    .hasSizeGreaterThan(600);
            assertThat(backend.find("read" + stop).orElseThrow().channels())
                    .isEqualTo(Server.channelsThatList(client, table, "read" + stop));
        }
    }

    private void failAfterTransactions(int count) {
        int[] left = {count};
        requests.failWhere(operation -> operation.equals("TransactWriteItems") && left[0]-- == 0);
    }

    private void assertIndexAgrees() {
        assertIndexAgrees("");
    }

    private void assertIndexAgrees(String when) {
        Set<String> indexed = Server.channelsThatList(client, table, "a");
        Set<String> recorded = backend.find("a").map(StoredConnection::channels).orElse(Set.of());
        assertThat(indexed).as("channels that list the connection %s", when).isEqualTo(recorded);
    }

    private static StoredConnection connection(int from, int to) {
        return Server.connection("a", Server.rooms(from, to));
    }

    private static StoredConnection with(StoredConnection connection, int from, int to) {
        return Server.with(connection, "{\"from\":" + from + "}", Server.rooms(from, to));
    }
}
