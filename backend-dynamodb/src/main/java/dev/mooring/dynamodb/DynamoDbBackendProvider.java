// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendProvider;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.InvalidDsnException;
import java.time.InstantSource;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Opens {@code dynamodb://<table>[?region=&endpoint_url=&auto_create=&ttl=&timeout=]}. Public for {@link
 * java.util.ServiceLoader} only.
 */
public final class DynamoDbBackendProvider implements BackendProvider {

    private static final Set<String> PARAMETERS = Set.of("region", "region_name", "endpoint_url", "auto_create");

    /** For {@link java.util.ServiceLoader}. */
    public DynamoDbBackendProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("dynamodb");
    }

    @Override
    public Backend open(Dsn dsn) {
        return open(dsn, InstantSource.system());
    }

    static DynamoDbBackend open(Dsn dsn, InstantSource clock) {
        dsn.allowParameters(PARAMETERS);
        String name = TableName.require(dsn.name("table"));
        if (!dsn.path().isEmpty()) {
            throw new InvalidDsnException("A table has no path: write dynamodb://" + name + " without what follows.");
        }
        boolean mayCreate = dsn.flag("auto_create", true);
        DynamoDbClient client = Clients.open(dsn);
        return new DynamoDbBackend(
                new Table(client, name, mayCreate, dsn.timeout(), dsn.toString()), clock, client::close);
    }
}
