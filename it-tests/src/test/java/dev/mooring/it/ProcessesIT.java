// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole cycle on every store, the function in two processes under AWS's runtime interface client. */
@RequiresDocker
@ParameterizedClass
@EnumSource(names = {"POSTGRES_NEWEST", "REDIS_NEWEST", "VALKEY", "DYNAMODB", "S3"})
class ProcessesIT extends ServerCycle {

    ProcessesIT(Server server) {}

    @Override
    public Site site() throws Exception {
        return Site.on(dsn(), List.of(Duration.ZERO, Duration.ZERO));
    }
}
