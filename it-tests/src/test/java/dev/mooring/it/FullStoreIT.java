// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** The store has no room left: who cannot be stored is not let in, who is in loses nothing, and room made is used. */
@RequiresDocker
class FullStoreIT {

    private static final int MORE_THAN_FIT = 5_000;

    /** One might be a hiccup. */
    private static final int REFUSALS = 10;

    @Test
    void postgresRunsOutOfDisk() throws Exception {
        GenericContainer<?> container = Server.POSTGRES_NEWEST.container().withTmpFs(Map.of("/small", "size=8m"));
        try (RunningServer running = Server.POSTGRES_NEWEST.start(container)) {
            InContainer.run(container, "install -d -o postgres -m 700 /small/room");
            InContainer.run(
                    container,
                    "PGPASSWORD=secret psql -h localhost -U postgres"
                            + " -c \"CREATE TABLESPACE small LOCATION '/small/room'\"");
            InContainer.run(container, "head -c 7700K /dev/zero >/small/ballast");
            assertSurvives(
                    running.dsn() + "?options=-c%20default_tablespace=small",
                    () -> InContainer.run(container, "rm /small/ballast"));
        }
    }

    @Test
    void redisRunsOutOfMemory() throws Exception {
        try (RunningServer running = Server.REDIS_NEWEST.start()) {
            InContainer.run(
                    running.container(),
                    "used=$(redis-cli info memory | tr -d '\\r' | sed -n s/^used_memory://p);"
                            + " redis-cli config set maxmemory $((used + 300000))");
            assertSurvives(
                    running.dsn(), () -> InContainer.run(running.container(), "redis-cli config set maxmemory 64mb"));
        }
    }

    private static void assertSurvives(String dsn, Runnable makeRoom) throws Exception {
        try (Site site = Site.on(dsn)) {
            List<LedgerClient> clients = fill(site);
            LedgerClient first = clients.remove(0);
            long acknowledged = first.tryTo("add").isPresent() ? 1 : 0;

            makeRoom.run();

            clients.add(site.connect());
            for (LedgerClient client : clients) {
                assertThat(client.ask("add").get("count")).isEqualTo(1L);
            }
            assertThat((Long) first.ask("look").get("count"))
                    .as("of the one that wrote while there was no room")
                    .isBetween(acknowledged, 1L);
        }
    }

    private static List<LedgerClient> fill(Site site) {
        List<LedgerClient> clients = new ArrayList<>();
        int refusals = 0;
        while (refusals < REFUSALS) {
            assertThat(clients).hasSizeLessThan(MORE_THAN_FIT);
            try {
                clients.add(site.connect());
            } catch (CompletionException e) {
                refusals++; // there is no room for its record
            }
        }
        return clients;
    }
}
