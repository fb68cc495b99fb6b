// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.StoredConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Several writers of one connection, each of whom needs several transactions. */
class ManyWritersTest {

    private static final int WRITERS = 6;

    /**
     * A writer loses to each of the others twice at most, to its claim and to what it wrote at last, unless the machine
     * stalls and a claim is overruled. Breaking each other's runs, some of them took more than 40 attempts.
     */
    private static final int ATTEMPTS = 4 * WRITERS;

    private final String table = Server.newTable();
    private final Requests requests = new Requests();
    private final DynamoDbClient client = requests.client();
    private final DynamoDbBackend backend = Server.over(client, table);
    private final DynamoDbBackend other = Server.open(Server.dsn(table));

    @AfterEach
    void close() {
        backend.close();
        client.close();
        other.close();
    }

    @Test
    void allGetToTheEndAndNoneTakesBackWhatAnotherAdded() throws Exception {
        backend.save(Server.connection("a"));

        List<Integer> attempts = Racers.race(WRITERS, i -> () -> attemptsToJoin(Server.rooms(150 * i, 150 * i + 200)));

        assertThat(attempts).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(ATTEMPTS));
        assertThat(joined()).isEqualTo(Server.rooms(0, 150 * WRITERS + 50));
        assertThat(listed()).isEqualTo(joined());
    }

    @Test
    void newcomersOfOneNameGetToTheEnd() throws Exception {
        Racers.race(WRITERS, i -> () -> backend.save(Server.connection("a", Server.rooms(150 * i, 150 * i + 200))));

        assertThat(joined()).hasSize(200);
        assertThat(listed()).isEqualTo(joined());
    }

    @Test
    void aWriterWhoWasOvertakenWhileLeavingLeavesTheOtherOnesRecordAlone() {
        StoredConnection all = backend.save(Server.connection("a", Server.rooms(0, 300)));
        AtomicReference<StoredConnection> overtaking = new AtomicReference<>();
        requests.beforeTransaction(4, () -> overtaking.set(update(Server.rooms(0, 300))));

        assertThat(backend.update(all, Server.with(all, "{}", Server.rooms(0, 50))))
                .isPresent();

        StoredConnection theirs = overtaking.get();
        assertThat(other.update(theirs, Server.with(theirs, "{}", Server.rooms(0, 300))))
                .as("the next update of the one who won")
                .isPresent();
        assertThat(listed()).isEqualTo(Server.rooms(0, 300));
    }

    @Test
    void aWriterWhoStoppedHalfwayIsWaitedForAndThenOverruled() {
        StoredConnection saved = backend.save(Server.connection("a"));
        requests.beforeTransaction(2, () -> {
            throw new IllegalStateException("stop");
        });
        assertThatThrownBy(() -> backend.update(saved, Server.with(saved, "{}", Server.rooms(0, 200))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(joined()).isEmpty();
        assertThat(listed()).isEmpty();

        update(Server.rooms(0, 200));

        assertThat(joined()).isEqualTo(Server.rooms(0, 200));
        assertThat(listed()).isEqualTo(joined());
    }

    private StoredConnection update(Set<String> channels) {
        StoredConnection found = other.find("a").orElseThrow();
        return other.update(found, Server.with(found, found.state(), channels)).orElseThrow();
    }

    /** Joins as the engine does, again and again on what is there by then. */
    private int attemptsToJoin(Set<String> channels) {
        int attempt = 1;
        while (!joins(channels)) {
            attempt++;
        }
        return attempt;
    }

    private boolean joins(Set<String> channels) {
        StoredConnection found = backend.find("a").orElseThrow();
        Set<String> all = new HashSet<>(found.channels());
        all.addAll(channels);
        return backend.update(found, Server.with(found, found.state(), all)).isPresent();
    }

    private Set<String> joined() {
        return backend.find("a").orElseThrow().channels();
    }

    private Set<String> listed() {
        return Server.channelsThatList(client, table, "a");
    }
}
