// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.StoredConnection;
import dev.mooring.testsupport.Await;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;

/** A server that takes scripts on keys of one slot only, though it is reached as one, as behind the proxies of some. */
class ShardedServerTest {

    @Test
    void aConnectionIsSavedUpdatedAndDeleted() {
        try (RedisProcess server =
                RedisProcess.start("--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf")) {
            server.run(Protocol.Command.CLUSTER, allSlots());
            Await.until("it serves all slots", () -> server.run(Protocol.Command.CLUSTER, "INFO")
                    .contains("cluster_state:ok"));
            try (Backend backend = Backends.open("redis://127.0.0.1:" + server.port() + "?timeout=30")) {
                StoredConnection saved = backend.save(connection(Set.of("room", "hall")));
                assertThat(backend.find("a")).contains(saved);
                assertThat(backend.members("hall", null, 10).items()).containsExactly("a");

                StoredConnection replaced = backend.save(connection(Set.of("attic")));
                assertThat(backend.members("hall", null, 10).items()).isEmpty();
                assertThat(backend.members("attic", null, 10).items()).containsExactly("a");

                assertThat(backend.delete("a")).contains(replaced);
                assertThat(backend.connections(null, 10).items()).isEmpty();
            }
        }
    }

    private static String[] allSlots() {
        return Stream.concat(
                        Stream.of("ADDSLOTS"),
                        IntStream.range(0, Protocol.CLUSTER_HASHSLOTS).mapToObj(String::valueOf))
                .toArray(String[]::new);
    }

    private static StoredConnection connection(Set<String> channels) {
        return new StoredConnection("a", "{}", channels, Instant.now().plus(1, ChronoUnit.HOURS));
    }
}
