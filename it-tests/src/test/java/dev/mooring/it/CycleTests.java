// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.testsupport.Await;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The whole cycle of real clients, gateway, function and store, wherever the last two are. */
interface CycleTests {

    /** A gateway before a function on the store. */
    Site site() throws Exception;

    /** The store that the function is on. */
    String dsn();

    @Test
    default void aConnectionKeepsItsStateUntilItCloses() throws Exception {
        try (Site site = site();
                Backend store = Backends.open(dsn())) {
            LedgerClient client = site.connect();
            String id = client.id();
            String channel = "room-" + UUID.randomUUID();

            for (long count = 1; count <= 10; count++) {
                assertThat(client.ask("add").get("count")).isEqualTo(count);
            }
            assertThat(client.ask("join", "channel", channel))
                    .isEqualTo(Map.of("id", id, "count", 10L, "channels", List.of(channel)));
            assertThat(store.find(id).orElseThrow().channels()).containsExactly(channel);
            assertThat(store.members(channel, null, 10).items()).containsExactly(id);

            client.close();
            Await.until(
                    "a closed connection goes, record and membership",
                    () -> store.find(id).isEmpty()
                            && store.members(channel, null, 10).items().isEmpty());
        }
    }

    @Test
    default void whoIsInAChannelHearsWhatIsSaidThereAndNobodyElseDoes() throws Exception {
        try (Site site = site()) {
            String channel = "room-" + UUID.randomUUID();
            LedgerClient ann = site.connect();
            LedgerClient bob = site.connect();
            LedgerClient eve = site.connect();
            ann.ask("join", "channel", channel);
            bob.ask("join", "channel", channel);
            eve.ask("join", "channel", channel);
            eve.ask("leave", "channel", channel);

            assertThat(ann.ask("say", "channel", channel, "text", "hi")).isEqualTo(Map.of("delivered", 2L, "gone", 0L));
            assertThat(ann.hear()).isEqualTo("hi");
            assertThat(bob.hear()).isEqualTo("hi");

            assertThat(bob.ask("tell", "to", eve.id(), "text", "psst")).isEqualTo(Map.of("told", true));
            assertThat(eve.hear()).isEqualTo("psst");
            assertThat(eve.heardNothing() && ann.heardNothing() && bob.heardNothing())
                    .isTrue();
        }
    }

    @Test
    default void whoDiesIsMissed() throws Exception {
        try (Site site = site();
                Backend store = Backends.open(dsn())) {
            String channel = "room-" + UUID.randomUUID();
            LedgerClient ann = site.connect();
            LedgerClient bob = site.connect();
            ann.ask("join", "channel", channel);
            bob.ask("join", "channel", channel);
            String id = bob.id();

            bob.die();
            assertThat(ann.hear()).isEqualTo("left " + id);
            Await.until(
                    "the record of a dead connection goes", () -> store.find(id).isEmpty());
            assertThat(ann.ask("say", "channel", channel, "text", "alone"))
                    .isEqualTo(Map.of("delivered", 1L, "gone", 0L));
        }
    }
}
