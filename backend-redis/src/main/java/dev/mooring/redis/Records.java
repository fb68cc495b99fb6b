// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.backend.StoredConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import redis.clients.jedis.Protocol;

/** The commands on the hashes that hold one connection each. */
final class Records {

    private final Keys keys;
    private final InstantSource clock;

    Records(Keys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    Command find(String id) {
        return new Command(Protocol.Command.HGETALL, keys.ofRecord(id), List.of());
    }

    Command save(StoredConnection connection) {
        List<String> arguments = new ArrayList<>(List.of(connection.revision(), lifetime(connection)));
        arguments.addAll(Fields.write(connection, Fields.entriesOf(connection)));
        return Script.SAVE.on(keys.ofRecord(connection.id()), arguments);
    }

    /** The reply tells which revisions the fields that are entered, and then those that are left, had before. */
    Command update(String previous, StoredConnection next, Collection<String> entered, Collection<String> left) {
        List<String> fields = Fields.write(next, entered);
        List<String> arguments = new ArrayList<>(List.of(
                previous,
                next.revision(),
                String.valueOf(clock.millis()),
                lifetime(next),
                String.valueOf(fields.size())));
        arguments.addAll(fields);
        arguments.addAll(left);
        return Script.UPDATE.on(keys.ofRecord(next.id()), arguments);
    }

    /** The marked record stays for as long as the caller may ask again. */
    Command delete(String id, String mark, Duration stay) {
        return Script.DELETE.on(keys.ofRecord(id), List.of(mark, String.valueOf(stay.toMillis())));
    }

    Command bury(String id, String mark) {
        return Script.BURY.on(keys.ofRecord(id), List.of(mark));
    }

    private String lifetime(StoredConnection connection) {
        return Keys.lifetime(connection, clock.millis());
    }
}
