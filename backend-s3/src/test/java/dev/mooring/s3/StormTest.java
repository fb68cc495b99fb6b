// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everybody does everything to one connection at once; when they have done, its record and its channels agree. */
class StormTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = Integer.getInteger("rounds", 25);
    private static final int CALLS = 4;
    private static final List<String> CHANNELS = List.of("x", "y", "z");

    private final Instant expiry = Instant.parse("2100-01-01T00:00:00Z");
    private final Backend backend = TestServer.open("s3://" + TestServer.newBucket(), InstantSource.system());
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void close() {
        threads.shutdownNow();
        backend.close();
    }

    @Test
    void recordAndChannelsAgreeInTheEnd() throws Exception {
        long seed = new Random().nextLong();
        Random seeds = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            List<Callable<Object>> callers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(seeds.nextLong());
                callers.add(() -> callAtRandom(random));
            }
            for (Future<Object> caller : threads.invokeAll(callers)) {
                caller.get();
            }

            Set<String> subscribed =
                    backend.find("a").map(StoredConnection::channels).orElse(Set.of());
            Set<String> listed = new HashSet<>();
            for (String channel : CHANNELS) {
                if (backend.members(channel, null, 10).items().contains("a")) {
                    listed.add(channel);
                }
            }
            assertThat(listed).as("round %d of seed %d", round, seed).isEqualTo(subscribed);
        }
    }

    private Object callAtRandom(Random random) {
        for (int i = 0; i < CALLS; i++) {
            switch (random.nextInt(5)) {
                case 0 -> backend.delete("a");
                case 1 -> backend.save(connection(random));
                default -> backend.find("a").ifPresent(found -> backend.update(found, connection(random)));
            }
        }
        return CALLS;
    }

    /** With one of two expiries, as another one means other markers. */
    private StoredConnection connection(Random random) {
        Set<String> channels = new HashSet<>();
        for (String channel : CHANNELS) {
            if (random.nextBoolean()) {
                channels.add(channel);
            }
        }
        return new StoredConnection("a", "{}", channels, expiry.plusSeconds(random.nextInt(2)));
    }
}
