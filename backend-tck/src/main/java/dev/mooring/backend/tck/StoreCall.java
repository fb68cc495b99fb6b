// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import java.time.InstantSource;
import java.util.Set;

/** The calls that cannot do without the store; each constant is named like its method. */
enum StoreCall {
    save,
    find,
    update,
    delete,
    members,
    connections;

    void on(Backend backend) {
        switch (this) {
            case save -> backend.save(connection());
            case find -> backend.find("a");
            case update -> backend.update(connection().withRevision("1"), connection());
            case delete -> backend.delete("a");
            case members -> backend.members("room", null, 10);
            case connections -> backend.connections(null, 10);
        }
    }

    private static StoredConnection connection() {
        return new StoredConnection(
                "a", "{}", Set.of("room"), InstantSource.system().instant().plus(TestStore.TTL));
    }
}
