// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.testsupport.Await;
import org.junit.jupiter.api.Test;

/**
 * A primary of a Redis Cluster dies and a replica takes over; the dead one comes back empty, copies everything, and takes
 * over in turn. Redis acknowledges before a replica has a write, so that only what had been copied must be there.
 */
@RequiresDocker
class RedisFailoverIT {

    @Test
    void replicasTakeOverInTurnWithAllThatTheyHadCopied() throws Exception {
        try (RedisClusterServer cluster = new RedisClusterServer();
                Site site = Site.on(cluster.dsn());
                Traffic traffic = new Traffic(site)) {
            traffic.pause();
            cluster.awaitReplication();
            for (String primary : cluster.primaries()) {
                cluster.kill(primary);
                Await.until(
                        "a replica has taken over", () -> cluster.primaries().size() == 3);

                traffic.goOn();
                traffic.awaitProgress();
                traffic.pause();

                cluster.restart(primary);
                cluster.awaitFullResync(primary);
                cluster.awaitReplication();
            }
            String second = cluster.primaries().get(0);
            cluster.kill(second);
            Await.until(
                    "what had died has taken over", () -> cluster.primaries().size() == 3);
            traffic.goOn();
            traffic.awaitProgress();
            traffic.assertNothingWasLost();
        }
    }
}
