// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Page;
import dev.mooring.backend.StoredConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.UnifiedJedis;

/** Keeps connections in Redis. */
public final class RedisBackend implements Backend {

    private final Server server;
    private final Records records;
    private final Entries entries;
    private final InstantSource clock;

    /**
     * A backend on a ready client.
     *
     * @param client the client, of a server or of a cluster; it stays open when this backend is closed
     * @param prefix what all keys begin with, such as {@code mooring:}
     * @param timeout how long a call may take in all, retries included
     */
    public RedisBackend(UnifiedJedis client, String prefix, Duration timeout) {
        this(Server.borrowed("Redis (keys " + prefix + "*)", timeout, client), prefix, InstantSource.system());
    }

    RedisBackend(Server server, String prefix, InstantSource clock) {
        this.server = server;
        Keys keys = new Keys(prefix);
        this.records = new Records(keys, clock);
        this.entries = new Entries(keys, clock);
        this.clock = clock;
    }

    @Override
    public StoredConnection save(StoredConnection connection) {
        Call call = server.begin("save");
        StoredConnection saved = connection.withRevision(Revision.next(connection.expiresAt()));
        List<Command> commands = entries.enter(saved, Fields.entriesOf(saved));
        commands.add(records.save(saved));
        Map<String, String> replaced = Fields.read(call.sendInOrder(commands));
        call.tidy(entries.withdraw(saved.id(), replaced));
        return saved;
    }

    @Override
    public Optional<StoredConnection> find(String id) {
        Map<String, String> fields = Fields.read(server.begin("find").send(records.find(id)));
        return fields.containsKey(Fields.DELETED) ? Optional.empty() : Fields.connection(id, fields, clock.instant());
    }

    @Override
    public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
        Call call = server.begin("update");
        StoredConnection saved = next.withRevision(Revision.next(next.expiresAt()));
        Set<String> entered = Fields.entriesOf(saved);
        Set<String> left = Fields.entriesOf(previous);
        left.removeAll(entered);
        // A revision tells when the connection expires: where that changes, all entries are made anew.
        if (next.expiresAt().equals(previous.expiresAt())) {
            entered.removeAll(Fields.entriesOf(previous));
        }
        call.sendTogether(entries.enter(saved, entered));
        Object before = call.send(records.update(previous.revision(), saved, entered, left));
        if (before == null) {
            call.requireCertainty();
            call.tidy(entries.withdraw(saved.id(), entered, Collections.nCopies(entered.size(), saved.revision())));
            return Optional.empty();
        }
        entered.addAll(left);
        call.tidy(entries.withdraw(saved.id(), entered, BuilderFactory.STRING_LIST.build(before)));
        return Optional.of(saved);
    }

    @Override
    public Optional<StoredConnection> delete(String id) {
        Call call = server.begin("delete");
        String mark = Revision.next(clock.instant());
        Map<String, String> fields = Fields.read(call.send(records.delete(id, mark, server.timeout())));
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        List<Command> commands = entries.withdraw(id, fields);
        commands.add(records.bury(id, mark));
        call.tidy(commands);
        return Fields.connection(id, fields, clock.instant());
    }

    @Override
    public Page<String> members(String channel, @Nullable String cursor, int limit) {
        return entries.page(server.begin("members"), Fields.ofChannel(channel), cursor, limit);
    }

    @Override
    public Page<String> connections(@Nullable String cursor, int limit) {
        return entries.page(server.begin("connections"), Fields.LISTED, cursor, limit);
    }

    @Override
    public void close() {
        server.close();
    }
}
