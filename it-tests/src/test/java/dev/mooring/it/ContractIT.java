// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.backend.Backend;
import dev.mooring.backend.tck.BackendContract;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract on every kind of server, the oldest and the newest where there are several. */
@RequiresDocker
@ParameterizedClass
@EnumSource
class ContractIT extends BackendContract {

    private static RunningServer running;

    private final Server server;

    /** A bucket or a table of each test alone: to list one, its server looks at all that is in it. */
    private final String own = "own-" + UUID.randomUUID();

    ContractIT(Server server) {
        this.server = server;
    }

    @BeforeParameterizedClassInvocation
    static void start(Server server) {
        // what is never killed need not reach a disk, which costs minutes
        running = server.start(server.container().withTmpFs(Map.of(Server.DATA, "exec")));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        running.close();
    }

    @Override
    protected Backend open(InstantSource clock) {
        String dsn = running.patientDsn()
                .replace("s3://mooring/", "s3://" + own + "/")
                .replace("dynamodb://connections?", "dynamodb://" + own + "?");
        return ClockedBackends.open(dsn, clock);
    }

    /** S3 lists 1,000 at once; many keys cost s3mock time that grows with the square of their number. */
    @Override
    protected int crowd() {
        return server == Server.S3 ? 1_050 : super.crowd();
    }
}
