// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.testsupport.FreePorts;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * Two PostgreSQL servers in one container, so that they reach one another wherever it runs: a primary, and a standby that
 * has whatever the primary has acknowledged.
 */
final class PostgresPair implements AutoCloseable {

    private static final String START = """
            set -e
            export PATH="$(echo /usr/lib/postgresql/*/bin):$PATH"
            as() { setpriv --reuid=postgres --regid=postgres --init-groups "$@"; }
            install -d -o postgres -m 700 /tmp/primary /tmp/standby
            as initdb -D /tmp/primary -U postgres -A trust --no-sync >/dev/null
            echo "host all,replication all all trust" >>/tmp/primary/pg_hba.conf
            echo "listen_addresses = '*'" >>/tmp/primary/postgresql.conf
            echo "port = $0" >>/tmp/primary/postgresql.conf
            as pg_ctl -D /tmp/primary -l /tmp/primary.log -w start
            as pg_basebackup -h 127.0.0.1 -p $0 -U postgres -D /tmp/standby -R -c fast
            echo "port = $1" >>/tmp/standby/postgresql.conf
            as pg_ctl -D /tmp/standby -l /tmp/standby.log -w start
            psql="as psql -h 127.0.0.1 -p $0 -U postgres -c"
            $psql "ALTER SYSTEM SET synchronous_standby_names = '*'"
            $psql "SELECT pg_reload_conf()"
            echo "both are up"
            exec sleep infinity
            """;

    private final int primary = FreePorts.next();
    private final int standby = FreePorts.next();
    private final GenericContainer<?> container = new GenericContainer<>(Images.named("postgres.newest"))
            .withCreateContainerCmdModifier(command -> command.withEntrypoint("bash", "-c", START))
            .withCommand(String.valueOf(primary), String.valueOf(standby))
            .waitingFor(Wait.forLogMessage(".*both are up\\s", 1));

    PostgresPair() {
        container.setPortBindings(List.of(primary + ":" + primary, standby + ":" + standby));
        container.start();
    }

    String dsn() {
        return "postgresql://postgres@localhost:" + primary + ",localhost:" + standby
                + "/postgres?target_session_attrs=read-write";
    }

    /** SIGKILL to the server; the processes that it has forked notice, and end. */
    void killPrimary() {
        run("kill -9 $(head -1 /tmp/primary/postmaster.pid)");
    }

    /** Makes the standby the primary. */
    void promoteStandby() {
        run("setpriv --reuid=postgres --regid=postgres --init-groups"
                + " $(echo /usr/lib/postgresql/*/bin)/pg_ctl -D /tmp/standby -w promote");
    }

    private void run(String command) {
        InContainer.run(container, command);
    }

    @Override
    public void close() {
        container.stop();
    }
}
