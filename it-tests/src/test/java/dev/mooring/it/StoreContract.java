// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.backend.Backend;
import dev.mooring.backend.tck.BackendContract;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The contract on one kind of server. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class StoreContract extends BackendContract {

    private final Server server;
    private RunningServer running;

    StoreContract(Server server) {
        this.server = server;
    }

    @BeforeAll
    void start() {
        running = server.start();
    }

    @AfterAll
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    String dsn() {
        return running.dsn();
    }

    @Override
    protected Backend open(InstantSource clock) {
        return ClockedBackends.open(dsn(), clock);
    }
}
