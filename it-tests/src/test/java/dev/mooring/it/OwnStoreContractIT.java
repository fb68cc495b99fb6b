// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.backend.Backend;
import dev.mooring.backend.tck.BackendContract;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;

/** The contract on a store of the user's: {@code -Dmooring.it.dsn=...}. */
@Tag("own-store")
class OwnStoreContractIT extends BackendContract {

    @Override
    protected Backend open(InstantSource clock) {
        return ClockedBackends.open(OwnStoreCycleIT.DSN, clock);
    }

    @Override
    protected int crowd() {
        return Integer.getInteger("mooring.it.crowd", super.crowd());
    }
}
