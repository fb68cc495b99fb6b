// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testsupport.Await;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The table has less capacity than the clients want. */
@RequiresDocker
class DynamoDbThrottlingIT {

    @Test
    void whatIsThrottledIsTriedAgainAndNothingIsLost() throws Exception {
        try (RunningServer running = Server.DYNAMODB.start()) {
            Site.warmUp(running.patientDsn());
            try (ThrottlingProxy way = new ThrottlingProxy(running.port());
                    Site site = Site.on(Server.DYNAMODB.dsn(way.port()));
                    Traffic traffic = new Traffic(site)) {
                way.throttle(true);
                Await.pause(Duration.ofSeconds(5));
                traffic.awaitProgress();
                way.throttle(false);

                traffic.assertNothingWasLost();
                assertThat(way.refused()).isGreaterThan(10);
            }
        }
    }
}
