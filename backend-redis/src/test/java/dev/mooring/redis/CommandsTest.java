// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.StoredConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** What an event costs. */
class CommandsTest {

    private final RedisProcess redis = RedisProcess.start();
    private final RedisClient client = redis.client();
    private final Backend backend = Backends.open("redis://127.0.0.1:" + redis.port());
    private final Instant expiry = Instant.now().plusSeconds(600);

    @AfterEach
    void stop() {
        backend.close();
        client.close();
        redis.close();
    }

    @Test
    void anEventCostsTheCommandsThatTheDocumentationCounts() throws IOException {
        // neither connecting nor loading the scripts is to be counted
        client.ping();
        StoredConnection saved = backend.save(connection("a", "room"));
        assertThat(backend.update(saved, connection("a", "hall"))).isPresent();
        backend.delete("a");

        assertThat(sent(() -> backend.save(connection("a"))))
                .as("$connect: an entry and the record, in one step")
                .isEqualTo(Map.of("evalsha", 1L));
        StoredConnection plain = backend.find("a").orElseThrow();
        assertThat(sent(() -> backend.find("a"))).as("reading the state").isEqualTo(Map.of("hgetall", 1L));
        assertThat(sent(() -> backend.update(plain, withState(plain))))
                .as("changing the attributes")
                .isEqualTo(Map.of("evalsha", 1L));
        StoredConnection changed = backend.find("a").orElseThrow();
        assertThat(sent(() -> backend.update(changed, connection("a", "room", "hall"))))
                .as("subscribing to two channels: two entries and the record")
                .isEqualTo(Map.of("evalsha", 3L));
        StoredConnection subscribed = backend.find("a").orElseThrow();
        assertThat(sent(() -> backend.update(subscribed, connection("a", "hall"))))
                .as("unsubscribing from one: the record and an entry")
                .isEqualTo(Map.of("evalsha", 1L, "zrem", 1L));
        assertThat(sent(() -> backend.members("hall", null, 100)))
                .as("a page of one member: the entries, and one record each")
                .isEqualTo(Map.of("zrangebylex", 1L, "hmget", 1L));
        assertThat(sent(() -> backend.delete("a")))
                .as("$disconnect: the record, twice, and two entries")
                .isEqualTo(Map.of("evalsha", 2L, "zrem", 2L));
        assertThat(sent(() -> backend.delete("a"))).as("a second $disconnect").isEqualTo(Map.of("evalsha", 1L));
    }

    /** The commands that a call sends; what scripts do is not counted. */
    private Map<String, Long> sent(Runnable call) throws IOException {
        Map<String, Long> sent = new TreeMap<>();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            socket.getOutputStream().write("MONITOR\r\n".getBytes(StandardCharsets.UTF_8));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).isEqualTo("+OK");
            call.run();
            client.set("the", "end");
            for (String line = lines.readLine(); !line.endsWith("\"the\" \"end\""); line = lines.readLine()) {
                if (!line.contains(" lua] ")) {
                    sent.merge(firstWord(line), 1L, Long::sum);
                }
            }
        }
        return sent;
    }

    private static String firstWord(String line) {
        int start = line.indexOf('"') + 1;
        return line.substring(start, line.indexOf('"', start)).toLowerCase(Locale.ROOT);
    }

    private StoredConnection connection(String id, String... channels) {
        return new StoredConnection(id, "{}", Set.of(channels), expiry);
    }

    private static StoredConnection withState(StoredConnection connection) {
        return new StoredConnection(connection.id(), "{\"n\":1}", connection.channels(), connection.expiresAt());
    }
}
