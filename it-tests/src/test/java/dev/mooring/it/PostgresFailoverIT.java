// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.testsupport.Await;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The primary dies for good, and the other host of the DSN takes over. */
@RequiresDocker
class PostgresFailoverIT {

    @Test
    void theOtherHostTakesOverWithAllThatWasAcknowledged() throws Exception {
        try (PostgresPair pair = new PostgresPair()) {
            Site.warmUp(pair.dsn() + "&timeout=60s");
            try (Site site = Site.on(pair.dsn());
                    Traffic traffic = new Traffic(site)) {
                pair.killPrimary();
                Await.pause(Duration.ofSeconds(1));
                pair.promoteStandby();

                traffic.awaitProgress();
                traffic.assertNothingWasLost();
            }
        }
    }
}
