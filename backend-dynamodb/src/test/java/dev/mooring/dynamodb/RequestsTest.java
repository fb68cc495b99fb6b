// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.StoredConnection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What each call costs, and that none but {@code connections} reads the whole table. */
class RequestsTest {

    private final Requests requests = new Requests();
    private final DynamoDbClient client = requests.client();
    private final DynamoDbBackend backend = Server.over(client, Server.newTable());

    @BeforeEach
    void createTable() {
        assertThat(requests.take()).as("opening makes no request").isEmpty();
        backend.find("nobody");
        requests.take();
    }

    @AfterEach
    void close() {
        backend.close();
        client.close();
    }

    @Test
    void aConnectIsOneRequest() {
        backend.save(Server.connection("a"));
        assertThat(requests.take()).containsExactly("PutItem");

        backend.save(Server.connection("b", "room", "lobby"));
        assertThat(requests.take()).containsExactly("TransactWriteItems");
    }

    @Test
    void aConnectThatIsDeliveredTwiceIsOneOrTwo() {
        backend.save(Server.connection("a"));
        backend.save(Server.connection("b", "room"));
        requests.take();

        backend.save(Server.connection("a"));
        assertThat(requests.take()).containsExactly("PutItem");

        backend.save(Server.connection("b", "room"));
        assertThat(requests.take()).containsExactly("TransactWriteItems", "TransactWriteItems");
    }

    @Test
    void aReadIsOneRequest() {
        backend.save(Server.connection("a", "room"));
        requests.take();

        backend.find("a");

        assertThat(requests.take()).containsExactly("GetItem");
    }

    @Test
    void anUpdateIsOneRequest() {
        StoredConnection saved = backend.save(Server.connection("a", "room"));
        requests.take();

        StoredConnection updated = backend.update(saved, Server.with(saved, "{\"v\":2}", saved.channels()))
                .orElseThrow();
        assertThat(requests.take()).as("channels stay").containsExactly("PutItem");

        backend.update(updated, Server.with(updated, "{\"v\":3}", Set.of("hall")));
        assertThat(requests.take()).as("channels change").containsExactly("TransactWriteItems");
    }

    @Test
    void aDisconnectIsOneRequestOrTwo() {
        backend.save(Server.connection("a"));
        backend.save(Server.connection("b", "room"));
        requests.take();

        backend.delete("a");
        assertThat(requests.take()).containsExactly("DeleteItem");

        backend.delete("b");
        assertThat(requests.take()).containsExactly("DeleteItem", "TransactWriteItems");
    }

    @Test
    void aPageIsOneRequest() {
        backend.members("room", null, 100);
        assertThat(requests.take()).containsExactly("Query");

        backend.connections(null, 100);
        assertThat(requests.take()).containsExactly("Scan");
    }

    @Test
    void aThousandChannelsAreFourteenTransactions() {
        Set<String> channels =
                IntStream.range(0, 1000).mapToObj(i -> "room" + i).collect(Collectors.toSet());

        backend.save(new StoredConnection("a", "{}", channels, Server.inOneHour()));

        assertThat(requests.take()).hasSize(14).containsOnly("TransactWriteItems");
    }

    @Test
    void aReadyClientStaysOpenForItsOwner() {
        new DynamoDbBackend(client, Server.newTable()).close();

        client.listTables();
        assertThat(requests.take()).containsExactly("ListTables");
    }
}
