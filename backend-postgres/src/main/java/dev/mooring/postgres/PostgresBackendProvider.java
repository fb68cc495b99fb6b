// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendProvider;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.DsnServer;
import java.time.InstantSource;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Opens {@code postgresql://[user[:password]@][host][:port][,host2[:port2]…][/database][?…]}, {@code postgres://} too.
 * Public for {@link java.util.ServiceLoader} only.
 */
public final class PostgresBackendProvider implements BackendProvider {

    private static final int MAX_POOL_SIZE = 1000;

    /** For {@link java.util.ServiceLoader}. */
    public PostgresBackendProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("postgresql", "postgres");
    }

    @Override
    public Backend open(Dsn dsn) {
        return open(dsn, InstantSource.system());
    }

    static Backend open(Dsn dsn, InstantSource clock) {
        Connector connector = DriverSettings.connector(dsn);
        int poolSize = dsn.number("pool_size", 1, 1, MAX_POOL_SIZE);
        return new PostgresBackend(
                new ConnectionPool(connector, poolSize, dsn.timeout()),
                poolSize + 1,
                TableName.parse(dsn.text("table").orElse(TableName.DEFAULT)),
                dsn.flag("auto_create", true),
                name(dsn.server()),
                dsn.timeout(),
                clock);
    }

    /** What errors call the store: its hosts and its database, no user and no password. */
    private static String name(DsnServer server) {
        StringJoiner hosts = new StringJoiner(",", "postgresql://", "/" + server.path());
        for (DsnServer.Host host : server.hosts()) {
            String name = host.name().indexOf(':') < 0 ? host.name() : "[" + host.name() + "]";
            hosts.add(host.port().isEmpty() ? name : name + ":" + host.port().getAsInt());
        }
        return hosts.toString();
    }
}
