// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** A backend on a client that the user has made, as Jedis makes it unless told otherwise: RESP3, its own timeouts. */
class ReadyClientTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final RedisProcess redis = RedisProcess.start();
    private final RedisClient client = RedisClient.create("127.0.0.1", redis.port());

    @AfterEach
    void stop() {
        client.close();
        redis.close();
    }

    @Test
    void aReadyClientServes() {
        assertServes(client);
    }

    @Test
    void aReadyClientOfAClusterServes() {
        try (ClusterProcesses cluster = ClusterProcesses.start(0);
                RedisClusterClient ready = RedisClusterClient.create(
                        new HostAndPort("127.0.0.1", cluster.nodes().get(0).port()))) {
            assertServes(ready);
        }
    }

    @Test
    void allKeysBeginWithThePrefix() {
        try (Backend backend = new RedisBackend(client, "app:{1}:", TIMEOUT)) {
            backend.save(connection("a", "room"));
        }

        assertThat(client.keys("*"))
                .containsExactlyInAnyOrder("app:{1}:connection:a", "app:{1}:connections", "app:{1}:channel:room");
    }

    @Test
    void theClientStaysOpenAfterTheBackend() {
        Backend backend = new RedisBackend(client, "mooring:", TIMEOUT);
        backend.save(connection("a"));
        backend.close();

        assertThat(client.ping()).isEqualTo("PONG");
        assertThatIllegalStateException().isThrownBy(() -> backend.find("a")).withMessage("This backend is closed.");
    }

    @Test
    void aClientThatWasClosedIsCalledSo() {
        try (Backend backend = new RedisBackend(client, "mooring:", TIMEOUT)) {
            client.close();

            assertThatExceptionOfType(BackendException.class)
                    .isThrownBy(() -> backend.find("a"))
                    .withMessageContaining(
                            "find failed: the client was closed, or the server has just left the cluster.");
        }
    }

    @Test
    void errorsNameTheStoreByItsPrefix() {
        try (Backend backend = new RedisBackend(client, "app:", TIMEOUT)) {
            redis.kill();

            assertThatExceptionOfType(BackendException.class)
                    .isThrownBy(() -> backend.find("a"))
                    .withMessageStartingWith("Redis (keys app:*): find failed: nobody listens there.");
        }
    }

    @Test
    @SuppressWarnings("deprecation") // as are all constructors that give no client of a certain kind
    void aClientThatMayBeOneOfAClusterIsRefused() {
        HostAndPort server = new HostAndPort("127.0.0.1", redis.port());
        try (UnifiedJedis other = new UnifiedJedis(new PooledConnectionProvider(server), 1, TIMEOUT)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new RedisBackend(other, "mooring:"))
                    .withMessage(
                            "The client must be a RedisClient, a RedisSentinelClient or a RedisClusterClient of Jedis,"
                                    + " not a UnifiedJedis.");
        }
    }

    private static void assertServes(UnifiedJedis ready) {
        try (Backend backend = new RedisBackend(ready, "mooring:")) {
            StoredConnection saved = backend.save(connection("a", "room", "hall"));
            assertThat(backend.find("a")).contains(saved);
            StoredConnection updated = backend.update(
                            saved, new StoredConnection("a", "{}", Set.of("attic"), saved.expiresAt()))
                    .orElseThrow();
            assertThat(backend.members("attic", null, 10).items()).containsExactly("a");
            assertThat(backend.members("room", null, 10).items()).isEmpty();
            assertThat(backend.connections(null, 10).items()).containsExactly("a");
            assertThat(backend.delete("a")).contains(updated);
            assertThat(backend.delete("a")).isEmpty();
        }
    }

    private static StoredConnection connection(String id, String... channels) {
        return new StoredConnection(id, "{}", Set.of(channels), Instant.now().plusSeconds(600));
    }
}
