// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.testsupport.FaultProxy;
import java.io.IOException;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Something goes wrong with the server while clients talk: nothing that was acknowledged is lost, and all goes on. Every
 * event ends, within what the gateway gives it; that each call ends within its timeout is part of the backends' own tests.
 */
@RequiresDocker
@ParameterizedClass
@EnumSource(names = {"POSTGRES_NEWEST", "REDIS_NEWEST", "DYNAMODB", "S3"})
class FaultsIT {

    private static RunningServer running;

    private final Server server;

    FaultsIT(Server server) {
        this.server = server;
    }

    @BeforeParameterizedClassInvocation
    static void start(Server server) throws IOException {
        running = server.start();
        Site.warmUp(running.patientDsn());
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        running.close();
    }

    @ParameterizedTest
    @EnumSource
    void nothingAcknowledgedIsLostAndTheFunctionGoesOn(Fault fault) throws Exception {
        try (FaultProxy way = FaultProxy.to("localhost", running.port());
                Site site = Site.on(server.dsn(way.port()));
                Traffic traffic = new Traffic(site)) {
            fault.strike(running, way);
            way.heal();
            traffic.awaitProgress();
            traffic.assertNothingWasLost();
        }
    }
}
