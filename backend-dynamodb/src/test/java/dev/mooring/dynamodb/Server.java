// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.Dsn;
import dev.mooring.backend.StoredConnection;
import dev.mooring.testsupport.DynamoDbLocal;
import dev.mooring.testsupport.ForkedJvm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** One DynamoDB Local for all tests of a run; it ends with the JVM. Tables keep the tests apart. */
final class Server {

    private static final ForkedJvm JVM = DynamoDbLocal.start();

    private Server() {}

    static int port() {
        return JVM.port();
    }

    static String newTable() {
        return "table-" + UUID.randomUUID();
    }

    /** With more time than a call needs, for a busy machine. */
    static String dsn(String table) {
        return dsn(table, port()) + "&timeout=60s";
    }

    static String dsn(String table, int port) {
        return "dynamodb://" + table + "?region=eu-west-1&endpoint_url=http://localhost:" + port;
    }

    static DynamoDbBackend open(String dsn) {
        return DynamoDbBackendProvider.open(Dsn.parse(dsn), InstantSource.system());
    }

    static DynamoDbBackend over(DynamoDbClient client, String table) {
        return new DynamoDbBackend(client, table, true, Duration.ofSeconds(60));
    }

    /** A client such as a user has, for looking at what is stored. */
    static DynamoDbClientBuilder client() {
        return DynamoDbClient.builder().region(Region.EU_WEST_1).endpointOverride(URI.create(JVM.url()));
    }

    static StoredConnection connection(String id, String... channels) {
        return connection(id, Set.of(channels));
    }

    static StoredConnection connection(String id, Set<String> channels) {
        return new StoredConnection(id, "{\"v\":1}", channels, inOneHour());
    }

    /** Many channels, by number. */
    static Set<String> rooms(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "room" + i).collect(Collectors.toSet());
    }

    /** The channels of which a connection is a member, by the index alone. */
    static Set<String> channelsThatList(DynamoDbClient client, String table, String id) {
        return client.scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                .filter(item -> item.get("sk").s().equals(id))
                .map(item -> item.get("pk").s().substring("channel#".length()))
                .collect(Collectors.toSet());
    }

    static Instant inOneHour() {
        return Instant.now().plus(1, ChronoUnit.HOURS);
    }

    static StoredConnection with(StoredConnection connection, String state, Set<String> channels) {
        return new StoredConnection(connection.id(), state, channels, connection.expiresAt(), connection.revision());
    }

    static List<String> members(DynamoDbBackend backend, String channel) {
        List<String> members = new ArrayList<>();
        String cursor = null;
        do {
            var page = backend.members(channel, cursor, 100);
            members.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return members;
    }
}
