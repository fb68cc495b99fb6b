// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Backends;
import dev.mooring.backend.Page;
import dev.mooring.backend.StoredConnection;
import dev.mooring.testsupport.Await;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;

/** What can happen to a cluster only. */
class ClusterTest {

    private static final int THREADS = 16;

    private final ClusterProcesses cluster = ClusterProcesses.start(1);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        threads.shutdown();
        cluster.close();
    }

    @Test
    void anySeedWillDo() {
        int down = cluster.nodes().get(5).port();
        cluster.nodes().get(5).kill();
        try (Backend backend = Backends.open("redis://127.0.0.1:" + down + ",127.0.0.1:"
                + cluster.nodes().get(2).port() + "?cluster=true")) {
            StoredConnection saved = backend.save(connection("a", "room"));

            assertThat(backend.find("a")).contains(saved);
        }
    }

    @Test
    void theDocumentedRuleIsEnough() {
        String words = "SETUSER app on >s3cret " + AccessTest.RULE + " +cluster|slots";
        cluster.nodes().forEach(node -> node.run(Protocol.Command.ACL, words.split(" ", -1)));
        try (Backend backend = Backends.open(
                "redis://app:s3cret@127.0.0.1:" + cluster.nodes().get(0).port() + "?cluster=true")) {
            StoredConnection saved = backend.save(connection("a", "room", "hall"));
            StoredConnection updated =
                    backend.update(saved, at(saved, "hall", "attic")).orElseThrow();
            assertThat(ids(backend, "attic")).containsExactly("a");
            assertThat(backend.delete("a")).contains(updated);
        }
        assertThat(keys()).isEmpty();
    }

    @Test
    void manyThreadsShareOneConnectionToEachNode() {
        try (Backend backend = open("&pool_size=1")) {
            each(400, i -> {
                String[] channels =
                        IntStream.range(0, 12).mapToObj(c -> "room" + (i + c)).toArray(String[]::new);
                StoredConnection saved = backend.save(connection("c" + i, channels));
                assertThat(ids(backend, "room" + i)).contains("c" + i);
                assertThat(backend.delete("c" + i)).contains(saved);
            });
        }
        assertThat(keys()).isEmpty();
    }

    @Test
    void scriptsMayBeForgottenAtAnyTime() {
        try (Backend backend = open("")) {
            for (int i = 0; i < 3; i++) {
                StoredConnection saved = backend.save(connection("a", "old", "older"));
                cluster.nodes().forEach(node -> node.run(Protocol.Command.SCRIPT, "FLUSH"));
                StoredConnection updated =
                        backend.update(saved, at(saved, "room", "hall", "old")).orElseThrow();
                assertThat(ids(backend, "hall")).containsExactly("a");
                assertThat(ids(backend, "older")).isEmpty();
                cluster.nodes().forEach(node -> node.run(Protocol.Command.SCRIPT, "FLUSH"));
                assertThat(backend.delete("a")).contains(updated);
            }
        }
        assertThat(keys()).isEmpty();
    }

    @Test
    void aPlannedFailoverFailsNoCallAndLosesNoUpdate() {
        try (Backend backend = open("&timeout=30")) {
            backend.save(new StoredConnection(
                    "counter", "0", Set.of("room"), Instant.now().plusSeconds(600)));
            List<CompletableFuture<Void>> failovers = List.of(CompletableFuture.runAsync(() -> {
                for (int replica = 3; replica < 6; replica++) {
                    cluster.promote(replica);
                }
            }));
            int[] added = new int[THREADS];
            each(THREADS, i -> {
                while (!failovers.get(0).isDone() || added[i] == 0) {
                    add(backend);
                    added[i]++;
                    StoredConnection passer = backend.save(connection("c" + i, "room"));
                    assertThat(ids(backend, "room")).contains("counter", "c" + i);
                    assertThat(backend.delete("c" + i)).contains(passer);
                }
            });
            failovers.get(0).join();

            assertThat(backend.find("counter").map(StoredConnection::state))
                    .contains(String.valueOf(IntStream.of(added).sum()));
        }
    }

    @Test
    void whenAMasterDiesItsReplicaServes() {
        assertServesAfterTheLossOfAMaster(RedisProcess::kill);
    }

    @Test
    void whenAMasterFallsSilentItsReplicaServes() {
        assertServesAfterTheLossOfAMaster(RedisProcess::freeze);
    }

    private void assertServesAfterTheLossOfAMaster(Consumer<RedisProcess> loss) {
        try (Backend backend = open("&timeout=10");
                Backend hasty = open("&timeout=1")) {
            List<StoredConnection> saved = IntStream.range(0, 200)
                    .mapToObj(i -> backend.save(connection("c" + i, "room", "room" + i)))
                    .toList();
            // else the replica may lack what the master acknowledged
            cluster.awaitReplicas();
            cluster.loseMasterOf(4, loss);
            assertThatExceptionOfType(BackendException.class)
                    .isThrownBy(() -> saved.forEach(connection -> hasty.find(connection.id())));
            cluster.elect(4);

            assertThat(Await.success(BackendException.class, () -> ids(backend, "room")))
                    .hasSize(200);
            for (StoredConnection connection : saved) {
                assertThat(backend.find(connection.id())).contains(connection);
                assertThat(backend.update(connection, at(connection, "hall"))).isPresent();
            }
            assertThat(ids(backend, "hall")).hasSize(200);
            assertThat(ids(backend, "room")).isEmpty();
        }
    }

    @Test
    void anUpdateThatIsSentOnAndLosesIsLostAndNotInDoubt() {
        try (Backend backend = open("")) {
            StoredConnection read = backend.save(connection("a", "room"));
            StoredConnection winner = backend.update(read, at(read, "hall")).orElseThrow();
            for (int replica = 3; replica < 6; replica++) {
                cluster.promote(replica);
            }

            assertThat(backend.update(read, at(read, "attic"))).isEmpty();
            assertThat(backend.find("a")).contains(winner);
        }
    }

    private static void add(Backend backend) {
        Optional<StoredConnection> updated;
        do {
            StoredConnection read = backend.find("counter").orElseThrow();
            String next = String.valueOf(Integer.parseInt(read.state()) + 1);
            updated = backend.update(read, new StoredConnection("counter", next, read.channels(), read.expiresAt()));
        } while (updated.isEmpty());
    }

    private Backend open(String parameters) {
        int seed = cluster.nodes().get(0).port();
        return Backends.open("redis://127.0.0.1:" + seed + "?cluster=true" + parameters);
    }

    /** Does so many things, several at a time. */
    private void each(int count, IntConsumer action) {
        List<CompletableFuture<Void>> actions = IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.runAsync(() -> action.accept(i), threads))
                .toList();
        actions.forEach(CompletableFuture::join);
    }

    private static List<String> ids(Backend backend, String channel) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            Page<String> page = backend.members(channel, cursor, 50);
            ids.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }

    private List<String> keys() {
        return cluster.nodes().subList(0, 3).stream()
                .map(node -> node.run(Protocol.Command.KEYS, "*"))
                .filter(keys -> !keys.equals("[]"))
                .toList();
    }

    private static StoredConnection connection(String id, String... channels) {
        return new StoredConnection(id, "{}", Set.of(channels), Instant.now().plusSeconds(600));
    }

    private static StoredConnection at(StoredConnection connection, String... channels) {
        return new StoredConnection(connection.id(), "{}", Set.of(channels), connection.expiresAt());
    }
}
