// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Backends;
import dev.mooring.backend.StoredConnection;
import dev.mooring.testsupport.Await;
import dev.mooring.testsupport.FaultProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;

/** Lost replies, broken connections and servers that go away: what may be sent again is, and tells the truth. */
class BadWeatherTest {

    private final RedisProcess redis = RedisProcess.start();
    private final FaultProxy proxy = FaultProxy.to("127.0.0.1", redis.port());
    private final Backend direct = Backends.open("redis://127.0.0.1:" + redis.port());
    private final Backend proxied = open(Duration.ofSeconds(30));

    @BeforeEach
    void openAConnectionAndLoadTheScripts() {
        StoredConnection saved = direct.save(connection("nobody"));
        direct.update(saved, saved);
        direct.delete("nobody");
        proxied.find("nobody");
    }

    @AfterEach
    void stop() {
        proxied.close();
        direct.close();
        proxy.close();
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 8, 13, 21, 34})
    void aSaveWhoseReplyIsLostIsMadeOnce(int bytes) {
        direct.save(connection("a", "old"));
        proxy.cutReplyAfter(bytes);

        StoredConnection saved = proxied.save(connection("a", "room"));

        assertThat(direct.find("a")).contains(saved);
        assertThat(direct.members("room", null, 10).items()).containsExactly("a");
        assertThat(direct.members("old", null, 10).items()).isEmpty();
        assertThat(direct.connections(null, 10).items()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 8, 13})
    void anUpdateWhoseReplyIsLostIsMadeOnceAndReported(int bytes) {
        StoredConnection saved = direct.save(connection("a", "old"));
        proxy.cutReplyAfter(bytes);

        Optional<StoredConnection> updated = proxied.update(saved, connection("a", saved.expiresAt(), "room"));

        assertThat(updated).isPresent();
        assertThat(direct.find("a")).isEqualTo(updated);
        assertThat(direct.members("room", null, 10).items()).containsExactly("a");
        assertThat(direct.members("old", null, 10).items()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 238, 243})
    void aDeleteWhoseReplyIsLostStillReturnsWhatWasThere(int bytes) {
        StoredConnection saved = direct.save(connection("a", "room"));
        proxy.cutReplyAfter(bytes);

        assertThat(proxied.delete("a")).contains(saved);

        assertThat(proxied.delete("a")).isEmpty();
        assertThat(direct.find("a")).isEmpty();
        assertThat(direct.members("room", null, 10).items()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 13, 34})
    void aListingWhoseReplyIsLostIsReadAgain(int bytes) {
        direct.save(connection("a", "room"));
        direct.save(connection("b", "room"));
        proxy.cutReplyAfter(bytes);

        assertThat(proxied.members("room", null, 10).items()).containsExactly("a", "b");
    }

    @Test
    void anUpdateIsNotCalledLostWhenItMayHaveBeenMade() {
        StoredConnection saved = direct.save(connection("a"));
        // slow, so that another finds the time to write between the update and its second sending
        proxy.delay(Duration.ofSeconds(1));
        proxy.cutReplyAfter(0);
        CompletableFuture<Optional<StoredConnection>> update =
                CompletableFuture.supplyAsync(() -> proxied.update(saved, connection("a", saved.expiresAt())));
        StoredConnection made = awaitAnotherThan(saved);
        assertThat(direct.update(made, connection("a", saved.expiresAt(), "hall")))
                .isPresent();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(update::join)
                .havingCause()
                .isInstanceOf(BackendException.class)
                .withMessageEndingWith(
                        ": update failed: a reply was lost; whether it took effect is not known. Read and try again.");
        assertThat(direct.members("hall", null, 10).items()).containsExactly("a");
    }

    @Test
    void connectionsThatTheServerClosedAreNoticed() {
        StoredConnection saved = direct.save(connection("a", "room"));
        for (int i = 0; i < 5; i++) {
            redis.run(Protocol.Command.CLIENT, "KILL", "TYPE", "normal", "SKIPME", "yes");
            saved = proxied.update(saved, connection("a", saved.expiresAt(), "room" + i))
                    .orElseThrow();
            redis.run(Protocol.Command.CLIENT, "KILL", "TYPE", "normal", "SKIPME", "yes");
            assertThat(proxied.find("a")).contains(saved);
        }
    }

    @Test
    void aHangEndsInTimeAndTheNextCallWorks() {
        try (Backend hasty = open(Duration.ofMillis(300))) {
            StoredConnection saved = Await.success(BackendException.class, () -> hasty.save(connection("a", "room")));
            proxy.stall();
            for (int i = 0; i < 20; i++) {
                assertThatExceptionOfType(BackendException.class)
                        .as("call %d, more than the pool has connections", i)
                        .isThrownBy(() -> hasty.find("a"))
                        .withMessageContaining("redis://127.0.0.1:" + proxy.port() + "/0: find failed: ");
            }
            proxy.heal();

            assertThat(Await.success(BackendException.class, () -> hasty.find("a")))
                    .contains(saved);
        }
    }

    @Test
    void whatTimedOutIsNotSentLater() throws InterruptedException {
        StoredConnection saved = direct.save(connection("a"));
        try (RedisClient patient = RedisClient.builder()
                        .hostAndPort("127.0.0.1", proxy.port())
                        .clientConfig(DefaultJedisClientConfig.builder()
                                .protocol(RedisProtocol.RESP2)
                                .timeoutMillis(60_000)
                                .build())
                        .build();
                Backend hasty = new RedisBackend(patient, "mooring:", Duration.ofMillis(300))) {
            proxy.stall();
            assertThatExceptionOfType(BackendException.class)
                    .as("a call that is still connecting when its time is over")
                    .isThrownBy(() -> hasty.update(saved, connection("a", saved.expiresAt())));
            proxy.heal();
            Await.success(BackendException.class, () -> hasty.find("a"));
            Thread.sleep(300);
        }
        assertThat(direct.find("a")).contains(saved);
    }

    @Test
    void aServerThatComesBackInTimeFailsNoCall() {
        direct.save(connection("a"));
        redis.kill();
        CompletableFuture<StoredConnection> save =
                CompletableFuture.supplyAsync(() -> proxied.save(connection("b", "room")));
        CompletableFuture<Optional<StoredConnection>> delete = CompletableFuture.supplyAsync(() -> proxied.delete("a"));

        redis.restart();

        StoredConnection saved = save.join();
        assertThat(direct.find("b")).contains(saved);
        assertThat(delete.join()).as("nothing was saved to disk").isEmpty();
    }

    @Test
    void aServerThatGoesAndComesBackFailsOnlyTheCallsBetween() {
        try (Backend hasty = open(Duration.ofSeconds(1))) {
            Await.success(BackendException.class, () -> hasty.save(connection("a")));
            redis.kill();

            assertThatExceptionOfType(BackendException.class)
                    .isThrownBy(() -> hasty.find("a"))
                    .withMessageStartingWith("redis://127.0.0.1:" + proxy.port() + "/0: find failed: ");

            redis.restart();
            assertThat(Await.success(BackendException.class, () -> hasty.save(connection("a"))))
                    .isNotNull();
        }
    }

    @Test
    void scriptsMayBeForgottenAtAnyTime() {
        StoredConnection saved = null;
        for (int i = 0; i < 3; i++) {
            redis.run(Protocol.Command.SCRIPT, "FLUSH");
            saved = direct.save(connection("a", "old", "older"));
            redis.run(Protocol.Command.SCRIPT, "FLUSH");
            StoredConnection updated = direct.update(saved, connection("a", saved.expiresAt(), "room", "hall"))
                    .orElseThrow();
            assertThat(direct.members("room", null, 10).items()).containsExactly("a");
            redis.run(Protocol.Command.SCRIPT, "FLUSH");
            assertThat(direct.update(saved, connection("a", saved.expiresAt(), "lost")))
                    .isEmpty();
            redis.run(Protocol.Command.SCRIPT, "FLUSH");
            assertThat(direct.delete("a")).contains(updated);
        }
        assertThat(redis.run(Protocol.Command.KEYS, "*")).isEqualTo("[]");
    }

    private Backend open(Duration timeout) {
        return Backends.open("redis://127.0.0.1:" + proxy.port() + "?timeout=" + timeout.toMillis() + "ms");
    }

    private StoredConnection awaitAnotherThan(StoredConnection saved) {
        Await.until("something else is stored", () -> !direct.find(saved.id()).equals(Optional.of(saved)));
        return direct.find(saved.id()).orElseThrow();
    }

    private static StoredConnection connection(String id, String... channels) {
        return connection(id, Instant.now().plusSeconds(600), channels);
    }

    private static StoredConnection connection(String id, Instant expiresAt, String... channels) {
        return new StoredConnection(id, "{}", Set.of(channels), expiresAt);
    }
}
