// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole cycle on every kind of server, the function in this process. */
@RequiresDocker
@ParameterizedClass
@EnumSource
class CycleIT implements CycleTests {

    private static RunningServer running;

    CycleIT(Server server) {}

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

    @Override
    public Site site() throws Exception {
        return Site.on(dsn());
    }
}
