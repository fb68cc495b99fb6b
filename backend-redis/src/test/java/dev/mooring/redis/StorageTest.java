// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Dsn;
import dev.mooring.backend.Page;
import dev.mooring.backend.StoredConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** What lies in Redis: the storage manual, looked at from the other side. */
class StorageTest {

    private static final Duration TTL = Duration.ofHours(2);

    private static RedisProcess redis;
    private static RedisClient client;

    private Instant now = Instant.ofEpochMilli(InstantSource.system().millis());
    private final RedisBackend backend =
            RedisBackendProvider.open(Dsn.parse("redis://127.0.0.1:" + redis.port()), () -> now);

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
        client = redis.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        redis.close();
    }

    @BeforeEach
    void empty() {
        client.flushAll();
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void aRecordIsAHashAndAChannelASortedSet() {
        StoredConnection saved = backend.save(connection("L0SM9cOFvHcCIhw=", "room"));

        String expires = String.valueOf(saved.expiresAt().toEpochMilli());
        assertThat(keys())
                .containsExactlyInAnyOrder(
                        "mooring:connection:L0SM9cOFvHcCIhw=", "mooring:connections", "mooring:channel:room");
        assertThat(client.hgetAll("mooring:connection:L0SM9cOFvHcCIhw="))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "state", "{}",
                        "expires", expires,
                        "revision", saved.revision(),
                        "listed", saved.revision(),
                        "channel:room", saved.revision()));
        String entry = "L0SM9cOFvHcCIhw=\0" + saved.revision();
        assertThat(client.zrange("mooring:connections", 0, -1)).containsExactly(entry);
        assertThat(client.zrange("mooring:channel:room", 0, -1)).containsExactly(entry);
        assertThat(saved.revision()).startsWith(expires + "-").hasSize(expires.length() + 13);
    }

    @Test
    void aRevisionNeverComesAgain() {
        Set<String> revisions = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            StoredConnection saved = backend.save(connection("a"));
            assertThat(revisions.add(saved.revision())).isTrue();
            if (i % 2 == 0) {
                backend.delete("a");
            }
        }
    }

    @Test
    void everyKeyExpiresAMinuteAfterTheLongestThatIsInIt() {
        backend.save(connection("a", TTL, "room"));
        backend.save(connection("b", TTL.dividedBy(2), "room", "hall"));

        assertExpires("mooring:connection:a", TTL);
        assertExpires("mooring:connection:b", TTL.dividedBy(2));
        assertExpires("mooring:channel:room", TTL);
        assertExpires("mooring:channel:hall", TTL.dividedBy(2));
        assertExpires("mooring:connections", TTL);
    }

    private static void assertExpires(String key, Duration ttl) {
        assertThat(client.pttl(key))
                .as("milliseconds left of %s", key)
                .isBetween(ttl.toMillis() + 1, ttl.plusMinutes(1).toMillis());
    }

    @Test
    void nothingStaysForEverAndNothingAfterTheLastDelete() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<StoredConnection> stale = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            act(random, stale);
        }

        assertThat(keys())
                .as("keys that would stay for ever; seed %d", seed)
                .isNotEmpty()
                .allSatisfy(key -> assertThat(client.pttl(key)).isPositive());
        for (int i = 0; i < 20; i++) {
            backend.delete("c" + i);
        }
        assertThat(keys())
                .as("what is left after the last delete; seed %d", seed)
                .isEmpty();
    }

    private void act(Random random, List<StoredConnection> stale) {
        String[] channels = new String[random.nextInt(4)];
        for (int i = 0; i < channels.length; i++) {
            channels[i] = "room" + i + random.nextInt(3);
        }
        StoredConnection next = connection("c" + random.nextInt(20), TTL.plusMinutes(random.nextInt(2)), channels);
        switch (random.nextInt(5)) {
            case 0 -> stale.add(backend.save(next));
            case 1 -> backend.delete(next.id());
            case 2 -> {
                if (!stale.isEmpty()) {
                    StoredConnection old = stale.get(random.nextInt(stale.size()));
                    backend.update(old, withId(next, old.id()));
                }
            }
            default -> backend.find(next.id()).ifPresent(found -> backend.update(found, next));
        }
    }

    @Test
    void entriesThatNoRecordNamesAreNotSeen() {
        String later = now.plus(TTL).toEpochMilli() + "-zzzzzzzzzzzz";
        String earlier = now.minus(TTL).toEpochMilli() + "-zzzzzzzzzzzz";
        backend.save(connection("b", "hall"));
        for (String id : List.of("a", "b", "c")) {
            client.zadd("mooring:channel:room", 0, id + "\0" + later);
            client.zadd("mooring:channel:room", 0, id + "\0" + earlier);
            client.zadd("mooring:connections", 0, id + "\0" + later);
            client.zadd("mooring:connections", 0, id + "\0" + earlier);
        }

        for (int limit = 1; limit < 8; limit++) {
            assertThat(ids("room", limit)).isEmpty();
            assertThat(ids("hall", limit)).containsExactly("b");
        }
        assertThat(backend.connections(null, 10).items()).containsExactly("b");
        StoredConnection saved = backend.save(connection("c", "room"));
        for (int limit = 1; limit < 8; limit++) {
            assertThat(ids("room", limit))
                    .as("an id with entries of failed calls besides its own, in pages of %d", limit)
                    .containsExactly("c");
        }
        assertThat(backend.delete("c")).contains(saved);
        assertThat(ids("room", 10)).isEmpty();
    }

    @Test
    void whatExpiredIsSweptOutByThoseWhoCome() {
        for (int i = 0; i < 200; i++) {
            backend.save(connection("old" + i, "room"));
        }
        now = now.plus(TTL);

        for (int i = 0; i < 200; i++) {
            backend.save(connection("new" + i, "room"));
        }

        assertThat(client.zcard("mooring:channel:room")).isEqualTo(200);
        assertThat(client.zcard("mooring:connections")).isEqualTo(200);
    }

    private List<String> ids(String channel, int limit) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            Page<String> page = backend.members(channel, cursor, limit);
            ids.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }

    private static Set<String> keys() {
        return client.keys("*");
    }

    private StoredConnection connection(String id, String... channels) {
        return connection(id, TTL, channels);
    }

    private StoredConnection connection(String id, Duration ttl, String... channels) {
        return new StoredConnection(id, "{}", Set.of(channels), now.plus(ttl));
    }

    private static StoredConnection withId(StoredConnection connection, String id) {
        return new StoredConnection(id, connection.state(), connection.channels(), connection.expiresAt());
    }
}
