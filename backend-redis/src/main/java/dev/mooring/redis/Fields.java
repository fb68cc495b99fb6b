// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.backend.StoredConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;

/** The fields of a record's hash. Those that name an entry are called as the sorted set that holds it. */
final class Fields {

    static final String LISTED = "listed";
    static final String DELETED = "deleted";

    private static final String STATE = "state";
    private static final String EXPIRES = "expires";
    private static final String REVISION = "revision";
    private static final String CHANNEL = "channel:";

    private Fields() {}

    static String ofChannel(String channel) {
        return CHANNEL + channel;
    }

    /** The fields that name a connection's entries, in a set of the caller's own. */
    static Set<String> entriesOf(StoredConnection connection) {
        Set<String> fields = new LinkedHashSet<>();
        fields.add(LISTED);
        for (String channel : connection.channels()) {
            fields.add(ofChannel(channel));
        }
        return fields;
    }

    static boolean isEntry(String field) {
        return field.equals(LISTED) || field.startsWith(CHANNEL);
    }

    /** Fields and values, as arguments of a script: state, expiry and revision, and then the entries made by this write. */
    static List<String> write(StoredConnection connection, Collection<String> entries) {
        List<String> fields = new ArrayList<>(List.of(
                STATE,
                connection.state(),
                EXPIRES,
                String.valueOf(connection.expiresAt().toEpochMilli()),
                REVISION,
                connection.revision()));
        for (String entry : entries) {
            fields.add(entry);
            fields.add(connection.revision());
        }
        return fields;
    }

    /** The fields that a reply holds; none where there was no record. */
    static Map<String, String> read(@Nullable Object reply) {
        return reply == null ? Map.of() : BuilderFactory.STRING_MAP.build(reply);
    }

    /** The connection that the fields hold; empty where there are none, or it has expired. */
    static Optional<StoredConnection> connection(String id, Map<String, String> fields, Instant now) {
        String expires = fields.get(EXPIRES);
        if (expires == null || Long.parseLong(expires) <= now.toEpochMilli()) {
            return Optional.empty();
        }
        Set<String> channels = new HashSet<>();
        for (String field : fields.keySet()) {
            if (field.startsWith(CHANNEL)) {
                channels.add(field.substring(CHANNEL.length()));
            }
        }
        return Optional.of(new StoredConnection(
                id,
                fields.getOrDefault(STATE, ""),
                channels,
                Instant.ofEpochMilli(Long.parseLong(expires)),
                fields.getOrDefault(REVISION, "")));
    }
}
