// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.StoredConnection;
import dev.mooring.testsupport.Await;
import dev.mooring.testsupport.FaultProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisSentinelClient;

/** A primary and its replica, which change places behind a name that follows the primary. */
class FailoverTest {

    private final RedisProcess first = RedisProcess.start();
    private final RedisProcess second = RedisProcess.start("--replicaof", "127.0.0.1", String.valueOf(first.port()));
    private final FaultProxy name = FaultProxy.to("127.0.0.1", first.port());
    private final Backend backend = Backends.open("redis://127.0.0.1:" + name.port() + "?timeout=60");
    private StoredConnection saved;

    @BeforeEach
    void replicate() {
        saved = backend.save(connection("a", "room"));
        Await.until(
                "the replica has all that the primary has",
                () -> second.run(Protocol.Command.EXISTS, "mooring:connection:a")
                                .equals("1")
                        && second.replicationOffset().equals(first.replicationOffset()));
    }

    @AfterEach
    void stop() {
        backend.close();
        name.close();
        second.close();
        first.close();
    }

    @Test
    void connectionsToADemotedPrimaryAreLeftAtTheFirstWrite() {
        demote(first, second);
        promote(second);
        name.redirect(second.port());

        Optional<StoredConnection> updated = backend.update(saved, at(saved, "hall"));

        assertThat(updated).isPresent();
        assertThat(backend.find("a")).isEqualTo(updated);
        assertThat(backend.members("hall", null, 10).items()).containsExactly("a");
        assertThat(backend.members("room", null, 10).items()).isEmpty();
    }

    @Test
    void whatComesBeforeThereIsAPrimaryWaitsForIt() {
        demote(first, second);
        int before = first.scriptCalls();
        CompletableFuture<StoredConnection> save =
                CompletableFuture.supplyAsync(() -> backend.save(connection("b", "room")));
        CompletableFuture<Optional<StoredConnection>> delete = CompletableFuture.supplyAsync(() -> backend.delete("a"));
        Await.until("both have tried, or one has for a while", () -> first.scriptCalls() >= before + 4);
        promote(second);
        name.redirect(second.port());

        StoredConnection late = save.join();
        assertThat(delete.join()).contains(saved);
        assertThat(backend.find("b")).contains(late);
        assertThat(backend.members("room", null, 10).items()).containsExactly("b");
    }

    @Test
    void aReplicaServesInPlaceOfAPrimaryThatDied() {
        first.kill();
        CompletableFuture<Optional<StoredConnection>> update =
                CompletableFuture.supplyAsync(() -> backend.update(saved, at(saved, "hall")));
        promote(second);
        name.redirect(second.port());

        assertThat(update.join()).isPresent();
        assertThat(backend.find("a")).isEqualTo(update.join());
        assertThat(backend.members("hall", null, 10).items()).containsExactly("a");
    }

    @Test
    void aClientOfSentinelFollowsThePrimary() {
        try (RedisProcess sentinel = RedisProcess.startSentinel("main", first);
                RedisSentinelClient client = RedisSentinelClient.builder()
                        .masterName("main")
                        .sentinels(Set.of(new HostAndPort("127.0.0.1", sentinel.port())))
                        .build();
                Backend following = new RedisBackend(client, "mooring:", Duration.ofSeconds(60))) {
            assertThat(following.find("a")).contains(saved);
            Await.until(
                    "the sentinel knows the replica", () -> sentinel.run(Protocol.Command.SENTINEL, "REPLICAS", "main")
                            .contains("master-link-status, ok"));
            first.kill();

            StoredConnection updated =
                    following.update(saved, at(saved, "hall")).orElseThrow();

            assertThat(following.find("a")).contains(updated);
            assertThat(following.members("hall", null, 10).items()).containsExactly("a");
        }
    }

    private static void demote(RedisProcess primary, RedisProcess next) {
        primary.run(Protocol.Command.REPLICAOF, "127.0.0.1", String.valueOf(next.port()));
    }

    private static void promote(RedisProcess replica) {
        replica.run(Protocol.Command.REPLICAOF, "NO", "ONE");
    }

    private static StoredConnection connection(String id, String... channels) {
        return new StoredConnection(id, "{}", Set.of(channels), Instant.now().plusSeconds(600));
    }

    private static StoredConnection at(StoredConnection connection, String... channels) {
        return new StoredConnection(connection.id(), "{}", Set.of(channels), connection.expiresAt());
    }
}
