// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Dsn;
import dev.mooring.lambda.WebSocketLambda;
import java.time.Duration;
import java.time.InstantSource;

/** The function of this suite. Its clock may be wrong, as those of two machines are. */
public final class LedgerHandler extends WebSocketLambda {

    private final Backend backend;

    /** For Lambda: all settings come from the environment. */
    public LedgerHandler() {
        this(System.getenv("MOORING_DSN"), Duration.parse(System.getenv().getOrDefault("IT_CLOCK_SKEW", "PT0S")));
    }

    LedgerHandler(String dsn, Duration skew) {
        this(dsn, InstantSource.offset(InstantSource.system(), skew));
    }

    private LedgerHandler(String dsn, InstantSource clock) {
        this(dsn, clock, ClockedBackends.open(dsn, clock));
    }

    private LedgerHandler(String dsn, InstantSource clock, Backend backend) {
        super(builder(Ledger.app())
                .backend(backend, Dsn.parse(dsn).ttl())
                .clock(clock)
                .twoWay(true));
        this.backend = backend;
    }

    @Override
    public void close() {
        super.close();
        backend.close();
    }
}
