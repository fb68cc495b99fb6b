// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Backends;
import dev.mooring.backend.StoredConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;

/** Who may what, and whose keys are whose. */
class AccessTest {

    /** The rule that the documentation of this backend gives. */
    static final String RULE = "~mooring:* +evalsha +eval +hgetall +hget +hmget +hset +hdel +del +pexpire +pttl"
            + " +zadd +zrem +zcard +zrange +zrangebylex";

    @AutoClose
    private static final RedisProcess redis = RedisProcess.start();

    @BeforeEach
    void forget() {
        redis.run(Protocol.Command.FLUSHALL);
        setUser("app", "s3cret", RULE);
    }

    @Test
    void theRuleIsInTheDocumentationWordByWord() throws IOException {
        assertThat(Files.readString(Path.of("../docs/backends/redis.md"))).contains(" " + RULE + "\n");
    }

    @Test
    void theDocumentedRuleIsEnough() {
        try (Backend backend = open("app:s3cret@", "")) {
            StoredConnection saved = backend.save(connection("a", "room"));
            StoredConnection updated =
                    backend.update(saved, connection("a", "hall")).orElseThrow();
            assertThat(backend.update(saved, connection("a", "attic"))).isEmpty();
            assertThat(backend.find("a")).contains(updated);
            assertThat(backend.members("hall", null, 10).items()).containsExactly("a");
            assertThat(backend.connections(null, 10).items()).containsExactly("a");
            assertThat(backend.delete("a")).contains(updated);
        }
        assertThat(redis.run(Protocol.Command.KEYS, "*"))
                .as("what tidying up left")
                .isEqualTo("[]");
    }

    @Test
    void anotherDatabaseNeedsOnePermissionMore() {
        assertFails("app:s3cret@", "/1", "the user may not do this. Give it the ACL rule from the documentation");
        setUser("app", "s3cret", RULE + " +select");

        try (Backend one = open("app:s3cret@", "/1");
                Backend zero = open("", "/0")) {
            one.save(connection("a", "room"));
            assertThat(one.find("a")).isPresent();
            assertThat(zero.find("a")).isEmpty();
            assertThat(zero.connections(null, 10).items()).isEmpty();
        }
    }

    @Test
    void aDatabaseThatTheServerLacksIsNamed() {
        assertFails("", "/16", "the server has no database of this number. Reported: ERR DB index is out of range");
    }

    @Test
    void anyPasswordCanBeWritten() {
        setUser("app", "p@ss:w/o?r%d", RULE);

        try (Backend backend = open("app:p%40ss:w%2fo%3fr%25d@", "")) {
            assertThat(backend.find("a")).isEmpty();
        }
        try (Backend backend = open("app:p@ss:w/o%3fr%25d@", "")) {
            assertThat(backend.find("a")).isEmpty();
        }
    }

    @Test
    void aPasswordAloneIsThatOfTheDefaultUser() {
        try (RedisProcess guarded = RedisProcess.start("--requirepass", "general")) {
            String host = "127.0.0.1:" + guarded.port();
            try (Backend bare = Backends.open("redis://general@" + host);
                    Backend behindColon = Backends.open("redis://:general@" + host);
                    Backend none = Backends.open("redis://" + host)) {
                assertThat(bare.find("a")).isEmpty();
                assertThat(behindColon.find("a")).isEmpty();
                assertThatExceptionOfType(BackendException.class)
                        .isThrownBy(() -> none.find("a"))
                        .withMessageContaining(
                                "the server wants a password. Write it into the DSN: redis://user:password@host.");
            }
        }
    }

    @Test
    void aWrongUserOrPasswordIsRefused() {
        String advice = "the server refuses this user and password. Check both in the DSN. Reported: WRONGPASS";
        assertFails("app:wr0ng@", "", advice);
        assertFails("nobody:s3cret@", "", advice);
    }

    @Test
    void aMissingPermissionIsNamed() {
        setUser("app", "s3cret", "~mooring:* +@all -evalsha");
        assertFails("app:s3cret@", "", "the user may not do this. Give it the ACL rule from the documentation");
        setUser("app", "s3cret", RULE.replace("mooring:*", "other:*"));
        assertFails("app:s3cret@", "", "the user may not do this. Give it the ACL rule from the documentation");
        setUser("app", "s3cret", RULE.replace(" +zadd", ""));
        assertFails("app:s3cret@", "", "the user may not do this. Give it the ACL rule from the documentation");
        assertNothingIsStored();
    }

    @Test
    void appsWithDifferentPrefixesDoNotMeet() {
        try (Backend chat = open("", "?prefix=chat:");
                Backend game = open("", "?prefix=game:")) {
            StoredConnection chatting = chat.save(connection("a", "room"));
            StoredConnection playing = game.save(connection("a", "room", "level"));

            assertThat(chat.find("a")).contains(chatting);
            assertThat(chat.members("level", null, 10).items()).isEmpty();
            assertThat(chat.delete("a")).contains(chatting);
            assertThat(game.find("a")).contains(playing);
            assertThat(game.members("room", null, 10).items()).containsExactly("a");
            assertThat(game.connections(null, 10).items()).containsExactly("a");
        }
    }

    @Test
    void aKeyOfAnotherAppUnderThePrefixIsToldFromOnesOwn() {
        redis.run(Protocol.Command.SET, "mooring:connections", "somebody else's");

        assertFails("", "", "the key holds something of another app's. Give each app a prefix= of its own.");
        assertNothingIsStored();
    }

    /** No record without its entries. */
    private static void assertNothingIsStored() {
        try (Backend backend = open("", "")) {
            assertThat(backend.find("a")).isEmpty();
        }
    }

    private static void setUser(String name, String password, String rule) {
        String words = name + " reset on >" + password + " " + rule;
        redis.run(Protocol.Command.ACL, ("SETUSER " + words).split(" "));
    }

    private static Backend open(String userInfo, String pathAndParameters) {
        return Backends.open("redis://" + userInfo + "127.0.0.1:" + redis.port() + pathAndParameters);
    }

    private static StoredConnection connection(String id, String... channels) {
        return new StoredConnection(id, "{}", Set.of(channels), Instant.now().plusSeconds(600));
    }

    private static void assertFails(String userInfo, String path, String problem) {
        try (Backend backend = open(userInfo, path)) {
            assertThatExceptionOfType(BackendException.class)
                    .isThrownBy(() -> backend.save(connection("a", "room")))
                    .withMessageStartingWith("redis://127.0.0.1:" + redis.port() + (path.isEmpty() ? "/0" : path))
                    .withMessageContaining(": save failed: " + problem)
                    .withMessageNotContaining("s3cret");
        }
    }
}
