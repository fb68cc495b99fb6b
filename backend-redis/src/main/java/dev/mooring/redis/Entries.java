// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.backend.Page;
import dev.mooring.backend.StoredConnection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.Protocol;

/**
 * The sorted sets that list connections: one of all, one of each channel. An entry is an id, U+0000, which no id
 * contains, and the revision that entered it. All have the score 0, so Redis sorts them by their bytes: an id has one
 * place, whatever its expiry and however often it is entered.
 */
final class Entries {

    /** So that no page keeps a server, which does one thing at a time, from its other clients. */
    private static final int LARGEST_PAGE = 1000;

    private static final char END_OF_ID = '\0';

    private final Keys keys;
    private final InstantSource clock;

    Entries(Keys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Enters a connection; what has expired already needs no entries. */
    List<Command> enter(StoredConnection connection, Collection<String> fields) {
        long now = clock.millis();
        List<Command> commands = new ArrayList<>();
        if (connection.expiresAt().toEpochMilli() > now) {
            for (String field : fields) {
                commands.add(Script.ENTER.on(
                        keys.ofSet(field),
                        List.of(
                                entry(connection.id(), connection.revision()),
                                Keys.lifetime(connection, now),
                                String.valueOf(now),
                                String.valueOf(ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE)))));
            }
        }
        return commands;
    }

    /** Removes the entries that a record has named: the revision by field. Other fields are passed over. */
    List<Command> withdraw(String id, Map<String, String> record) {
        List<Command> commands = new ArrayList<>();
        record.forEach((field, revision) -> {
            if (Fields.isEntry(field)) {
                commands.add(withdraw(id, field, revision));
            }
        });
        return commands;
    }

    /** Removes the entries of these fields: a revision for each, null where there was none; fewer where it is unknown. */
    List<Command> withdraw(String id, Collection<String> fields, List<@Nullable String> revisions) {
        List<Command> commands = new ArrayList<>();
        Iterator<String> field = fields.iterator();
        for (String revision : revisions) {
            String named = field.next();
            if (revision != null) {
                commands.add(withdraw(id, named, revision));
            }
        }
        return commands;
    }

    private Command withdraw(String id, String field, String revision) {
        return new Command(Protocol.Command.ZREM, keys.ofSet(field), List.of(entry(id, revision)));
    }

    /** Reads a page of ids, in the order of their bytes. The cursor is the last id that was read. */
    Page<String> page(Call call, String field, @Nullable String cursor, int limit) {
        int most = Math.min(limit, LARGEST_PAGE);
        List<String> entries = BuilderFactory.STRING_LIST.build(call.send(new Command(
                Protocol.Command.ZRANGEBYLEX,
                keys.ofSet(field),
                List.of(cursor == null ? "-" : "(" + cursor + (char) (END_OF_ID + 1), "+", "LIMIT", "0", "" + most))));
        String next = entries.size() < most ? null : id(entries.get(most - 1));
        return new Page<>(confirmed(call, field, ids(entries)), next);
    }

    /** Each id once. Whether an entry of it has expired says nothing: there may be a newer one, on the next page. */
    private static Set<String> ids(List<String> entries) {
        Set<String> ids = new LinkedHashSet<>();
        for (String entry : entries) {
            ids.add(id(entry));
        }
        return ids;
    }

    /** Those of the ids whose records name the field. */
    private List<String> confirmed(Call call, String field, Set<String> ids) {
        List<Command> questions = new ArrayList<>();
        for (String id : ids) {
            questions.add(new Command(Protocol.Command.HMGET, keys.ofRecord(id), List.of(field, Fields.DELETED)));
        }
        List<String> confirmed = new ArrayList<>(ids);
        var answers = call.sendTogether(questions).iterator();
        confirmed.removeIf(id -> !isNamed(answers.next()));
        return confirmed;
    }

    private boolean isNamed(@Nullable Object answer) {
        List<?> values = (List<?>) Objects.requireNonNull(answer);
        return values.get(0) != null && values.get(1) == null && isLive(BuilderFactory.STRING.build(values.get(0)));
    }

    private boolean isLive(String revision) {
        return Revision.isLive(revision, clock.instant());
    }

    private static String entry(String id, String revision) {
        return id + END_OF_ID + revision;
    }

    private static String id(String entry) {
        return entry.substring(0, entry.indexOf(END_OF_ID));
    }
}
