// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes of the function do not agree on the time, and both serve every client. */
@RequiresDocker
class ClockSkewIT {

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES_NEWEST", "REDIS_NEWEST", "DYNAMODB", "S3"})
    void nothingIsLostWhereClocksDifferByTenMinutes(Server server) throws Exception {
        try (RunningServer running = server.start();
                Site site = Site.on(running.patientDsn(), List.of(Duration.ofMinutes(5), Duration.ofMinutes(-5)));
                Traffic traffic = new Traffic(site)) {
            for (int i = 0; i < 10; i++) {
                traffic.awaitProgress();
            }
            traffic.assertNothingWasLost();
        }
    }
}
