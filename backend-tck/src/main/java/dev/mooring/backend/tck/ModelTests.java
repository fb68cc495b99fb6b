// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random calls, one after the other, give what a plain map gives: all points of the contract but races and failures. */
interface ModelTests {

    @Test
    default void randomCallsBehaveAsOnAMap(TestStore store) {
        long seed = new Random().nextLong();
        Walk walk = new Walk(store, new Random(seed));
        for (int step = 0; step < 200; step++) {
            String call = walk.step();
            walk.check("step " + step + " of seed " + seed + ": " + call);
        }
    }

    /** A random walk over few ids and channels, so that it often meets what it left. */
    final class Walk {
        private static final List<String> IDS = List.of("a", "b", "c", "d");
        private static final List<String> CHANNELS = List.of("x", "y", "z");

        private final TestStore store;
        private final Random random;
        private final Backend[] backends;
        private final Map<String, StoredConnection> model = new HashMap<>();
        private final Map<String, StoredConnection> stale = new HashMap<>();

        Walk(TestStore store, Random random) {
            this.store = store;
            this.random = random;
            this.backends = new Backend[] {store.open(), store.open()};
        }

        /** Makes one call on the backend and on the model, and says which. */
        String step() {
            Backend backend = backends[random.nextInt(2)];
            StoredConnection next = randomConnection();
            String id = next.id();
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> {
                    remember(id);
                    model.put(id, backend.save(next));
                    return "save " + next;
                }
                case 3, 4, 5 -> {
                    return "update to " + next + update(backend, model.get(id), next);
                }
                case 6 -> {
                    return "update of a stale one to " + next + update(backend, stale.get(id), next);
                }
                case 7 -> {
                    remember(id);
                    assertThat(backend.delete(id)).isEqualTo(Optional.ofNullable(model.remove(id)));
                    return "delete " + id;
                }
                case 8 -> {
                    store.clock.advance(Duration.ofSeconds(random.nextInt(20)));
                    model.values().removeIf(c -> !c.expiresAt().isAfter(store.clock.instant()));
                    return "advance the clock to " + store.clock.instant();
                }
                default -> {
                    backend.purgeExpired();
                    return "purgeExpired";
                }
            }
        }

        private String update(Backend backend, @Nullable StoredConnection previous, StoredConnection next) {
            if (previous == null) {
                return " (not done)";
            }
            StoredConnection current = model.get(next.id());
            boolean wins = current != null && current.revision().equals(previous.revision());
            Optional<StoredConnection> updated = backend.update(previous, next);
            assertThat(updated.isPresent()).as("update to %s wins", next).isEqualTo(wins);
            remember(next.id());
            updated.ifPresent(stored -> model.put(next.id(), stored));
            return wins ? " (won)" : " (lost)";
        }

        private void remember(String id) {
            StoredConnection current = model.get(id);
            if (current != null) {
                stale.put(id, current);
            }
        }

        /** Compares everything that can be seen. */
        void check(String after) {
            Backend backend = backends[random.nextInt(2)];
            for (String name : IDS) {
                String id = store.name(name);
                assertThat(backend.find(id))
                        .as("find %s after %s", id, after)
                        .isEqualTo(Optional.ofNullable(model.get(id)));
            }
            for (String name : CHANNELS) {
                String channel = store.name(name);
                assertThat(Listing.members(backend, channel, 1 + random.nextInt(4)))
                        .as("members of %s after %s", channel, after)
                        .containsExactlyInAnyOrder(model.values().stream()
                                .filter(connection -> connection.channels().contains(channel))
                                .map(StoredConnection::id)
                                .toArray(String[]::new));
            }
        }

        private StoredConnection randomConnection() {
            Set<String> channels = new HashSet<>();
            for (String channel : CHANNELS) {
                if (random.nextBoolean()) {
                    channels.add(store.name(channel));
                }
            }
            return new StoredConnection(
                    store.name(IDS.get(random.nextInt(IDS.size()))),
                    "{\"random\":" + random.nextLong() + "}",
                    channels,
                    store.clock.instant().plusSeconds(1 + random.nextInt(100)));
        }
    }
}
