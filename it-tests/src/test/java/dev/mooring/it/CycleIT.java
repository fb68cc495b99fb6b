// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole cycle on every kind of server, the function in this process. */
@RequiresDocker
@ParameterizedClass
@EnumSource
class CycleIT extends ServerCycle {

    CycleIT(Server server) {}

    @Override
    public Site site() throws Exception {
        return Site.on(dsn());
    }
}
