// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** The whole cycle on a server that is started for it. */
abstract class ServerCycle implements CycleTests {

    private static RunningServer running;

    @BeforeParameterizedClassInvocation
    static void start(Server server) {
        running = server.start();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        running.close();
    }

    @Override
    public String dsn() {
        return running.patientDsn();
    }
}
