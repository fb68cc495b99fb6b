// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import java.io.IOException;
import org.junit.jupiter.api.Tag;

/** The whole cycle on a store of the user's: {@code -Dmooring.it.dsn=...}. */
@Tag("own-store")
class OwnStoreCycleIT implements CycleTests {

    static final String DSN = System.getProperty("mooring.it.dsn");

    @Override
    public String dsn() {
        return DSN;
    }

    @Override
    public Site site() throws IOException {
        return Site.on(DSN);
    }
}
