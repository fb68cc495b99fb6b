// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Backends;
import dev.mooring.backend.StoredConnection;
import dev.mooring.testsupport.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol;

/** A server that cannot serve: the error says why and what to do, and once the server can, the next call works. */
class TroubleTest {

    private final RedisProcess redis = RedisProcess.start();
    private final Backend backend = Backends.open("redis://127.0.0.1:" + redis.port() + "?timeout=6");

    @AfterEach
    void stop() {
        backend.close();
        redis.close();
    }

    @Test
    void aReadOnlyReplica() {
        backend.save(connection("a"));
        redis.run(Protocol.Command.REPLICAOF, "127.0.0.1", "1");

        assertSaveFails(
                "the server is a read-only replica. Name the primary in the DSN. Given up after 6000 ms. Reported: ",
                "read only replica");
        assertThat(backend.find("a")).as("reading is possible").isPresent();

        redis.run(Protocol.Command.REPLICAOF, "NO", "ONE");
        assertSaves();
    }

    @Test
    void aReplicaThatServesNoStaleData() {
        redis.run(Protocol.Command.CONFIG, "SET", "replica-serve-stale-data", "no");
        redis.run(Protocol.Command.REPLICAOF, "127.0.0.1", "1");

        assertSaveFails(
                "the server is a replica that has lost its primary. Name the primary in the DSN.", "MASTERDOWN");

        redis.run(Protocol.Command.REPLICAOF, "NO", "ONE");
        assertSaves();
    }

    @Test
    void aFullMemory() {
        // a server that knows the scripts refuses none, but the writes in them
        assertSaves();
        backend.delete("b");
        assertSaves();
        redis.run(Protocol.Command.CONFIG, "SET", "maxmemory", "1");

        assertSaveFails("the server's memory is full. Raise its maxmemory. Reported: ", "OOM command not allowed");
        assertThat(backend.find("b")).isPresent();
        assertThat(backend.delete("b")).as("leaving is possible").isPresent();
        assertThat(redis.run(Protocol.Command.KEYS, "*")).isEqualTo("[]");

        redis.run(Protocol.Command.CONFIG, "SET", "maxmemory", "0");
        assertSaves();
    }

    @Test
    void aDiskThatTakesNoMore() throws IOException {
        try (RedisProcess saving = RedisProcess.start("--dbfilename", "taken");
                Backend opened = Backends.open("redis://127.0.0.1:" + saving.port() + "?timeout=6")) {
            saving.run(Protocol.Command.PING); // it answers when it has looked for a file to load
            Files.createDirectory(saving.directory().resolve("taken"));
            saving.run(Protocol.Command.CONFIG, "SET", "save", "3600 1");
            saving.run(Protocol.Command.BGSAVE);
            Await.until("it could not save", () -> saving.run(Protocol.Command.INFO, "persistence")
                    .contains("rdb_last_bgsave_status:err"));

            assertFails(
                    opened, "the server cannot save to its disk, so it takes no writes. Make room there.", "MISCONF");

            saving.run(Protocol.Command.CONFIG, "SET", "stop-writes-on-bgsave-error", "no");
            assertThat(opened.save(connection("a")).revision()).isNotEmpty();
        }
    }

    @Test
    void aServerThatIsStillLoading() {
        // Redis looks every 2 megabytes whether somebody is calling: 40 MB in 40 steps of a quarter of a second.
        try (RedisProcess loading = RedisProcess.start("--key-load-delay", "250000", "--rdbcompression", "no");
                Backend opened = Backends.open("redis://127.0.0.1:" + loading.port() + "?timeout=6")) {
            StoredConnection saved = opened.save(connection("a"));
            loading.run(
                    Protocol.Command.EVAL, "for i = 1, 40 do redis.call('SET', i, string.rep('x', 1000000)) end", "0");
            loading.run(Protocol.Command.SAVE);
            loading.kill();
            loading.restart();

            assertFails(opened, "the server is still loading its data. It will be back.", "LOADING");
            Await.until("it has loaded", () -> loading.run(Protocol.Command.INFO, "persistence")
                    .contains("loading:0"));
            assertThat(opened.find("a")).contains(saved);
        }
    }

    @Test
    void aMemberOfACluster() {
        try (RedisProcess node = RedisProcess.start("--cluster-enabled", "yes");
                Backend alone = Backends.open("redis://127.0.0.1:" + node.port() + "?timeout=6");
                Backend cluster = Backends.open("redis://127.0.0.1:" + node.port() + "?timeout=6&cluster=true")) {
            assertFails(alone, "the cluster does not serve all its slots. Look at CLUSTER INFO.", "CLUSTERDOWN");
            assertFails(cluster, "the cluster does not serve all its slots. Look at CLUSTER INFO.", "slots");
        }
    }

    @Test
    void noCluster() {
        try (Backend cluster = Backends.open("redis://127.0.0.1:" + redis.port() + "?timeout=6&cluster=true")) {
            assertFails(
                    cluster,
                    "the server is not one of a cluster. Remove cluster=true from the DSN. Reported: ",
                    "cluster support disabled");
        }
    }

    @Test
    void tooManyClients() {
        redis.run(Protocol.Command.CONFIG, "SET", "maxclients", "1");
        try (var taken = redis.client()) {
            taken.ping();
            assertSaveFails("the server has too many clients. Raise its maxclients.", "max number of clients");
        }
    }

    @Test
    void aServerThatLacksACommand() {
        try (RedisProcess lacking = RedisProcess.start("--rename-command", "EVALSHA", "");
                Backend opened = Backends.open("redis://127.0.0.1:" + lacking.port() + "?timeout=6")) {
            assertFails(opened, "the server lacks a command that this backend needs.", "unknown command");
        }
    }

    /** It quotes what came with the command; so does every Redis before 6, which has no HELLO. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatLacksTheCommandThatCarriesThePassword(boolean cluster) {
        try (RedisProcess lacking = RedisProcess.start("--rename-command", "HELLO", "");
                Backend opened = Backends.open(
                        "redis://us3r:pa55@127.0.0.1:" + lacking.port() + "?timeout=10&cluster=" + cluster)) {
            BackendException failure = catchThrowableOfType(BackendException.class, () -> opened.save(connection("a")));

            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString())
                    .contains("the server lacks a command that this backend needs. Reported: ERR unknown command")
                    .contains("Caused by: ")
                    .contains("HELLO")
                    .doesNotContain("pa55", "us3r");
        }
    }

    @Test
    void nobodyThere() {
        redis.kill();

        assertSaveFails(
                "nobody listens there. Check host and port, and that the server runs. Given up after 6000 ms.",
                " Reported: Failed to connect to 127.0.0.1:" + redis.port() + ". Connection refused");

        redis.restart();
        assertSaves();
    }

    @Test
    void aHostThatNobodyKnows() {
        try (Backend opened = Backends.open("redis://no-such-host.invalid?timeout=20")) {
            assertFails(opened, "the host is not known. Check its name in the DSN. Reported: ", "no-such-host.invalid");
        }
    }

    private void assertSaves() {
        assertThat(backend.save(connection("b")).revision()).isNotEmpty();
        assertThat(backend.find("b")).isPresent();
    }

    private void assertSaveFails(String advice, String report) {
        assertFails(backend, advice, report);
    }

    private static void assertFails(Backend failing, String advice, String report) {
        assertThatExceptionOfType(BackendException.class)
                .isThrownBy(() -> failing.save(connection("a")))
                .withMessageContaining(": save failed: " + advice)
                .withMessageContaining(report);
    }

    private static StoredConnection connection(String id) {
        return new StoredConnection(id, "{}", Set.of("room"), Instant.now().plusSeconds(600));
    }
}
