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

/**
 * Keeps connections in Redis 6 or later, or Valkey, alone or as a cluster. Thread-safe.
 *
 * <p>With the default prefix these keys are used:
 *
 * <table>
 *   <caption>What is stored where</caption>
 *   <tr><th>key</th><th>type</th><th>content</th></tr>
 *   <tr><td>{@code mooring:connection:<id>}</td><td>hash</td><td>the record: {@code state}, {@code expires}
 *     (milliseconds since 1970), {@code revision}, and what it is entered in: {@code listed} and {@code
 *     channel:<name>}, each with the revision that made the entry; {@code deleted} for the moment in which it
 *     goes</td></tr>
 *   <tr><td>{@code mooring:channel:<name>}</td><td>sorted set</td><td>the entries of a channel: id, U+0000,
 *     revision; all of score 0, so sorted by their bytes</td></tr>
 *   <tr><td>{@code mooring:connections}</td><td>sorted set</td><td>the entries of all connections</td></tr>
 * </table>
 *
 * <p>A revision is when the connection expires, in milliseconds, a dash, and 72 random bits: the same never comes twice.
 *
 * <p><b>The record decides, the sets propose.</b> Record and sets lie in different slots of a cluster, where no script may
 * touch both. A listing therefore reads a page of entries and then asks the record of each id whether it names the
 * channel. For that to be right, one thing must always hold: where a record names a channel, the set has an entry of its
 * id. This is how:
 *
 * <ol>
 *   <li>{@code save} and {@code update} make entries under their own new revision, {@code update} only where channels
 *       are new or the expiry changes.
 *   <li>Once all are made, a script writes the record: {@code save} unconditionally, {@code update} if the revision is
 *       still that which was read. Until then, nobody sees the entries. The script returns which entries the record named
 *       before and names no longer. On a single server {@code save} is one script from the first entry to the record.
 *   <li>Those entries are removed; a lost {@code update} removes its own. As each write has entries of its own, no
 *       removal, however late, takes away what another has entered.
 * </ol>
 *
 * <p>{@code delete} marks the record, which is then gone for everybody, and gets its content; then it removes the entries
 * and the record. The mark is the caller's own: the same caller may ask again, others get nothing. What fails between two
 * steps, or after the record is written, leaves entries that no record names; they are never seen and go with their
 * expiry.
 *
 * <p><b>Order.</b> As an id has one place in a set, whatever happens to its connection, and always an entry there, a
 * page that begins behind the last id of the page before neither misses nor repeats one. That last id is the cursor.
 *
 * <p><b>Expiry.</b> The client's clock decides, on each read. Besides, every key expires: a record a minute after its
 * connection, a set a minute after its longest entry. Who makes an entry also looks at ten others of the set, at random,
 * and removes those that have expired: what clients that vanished leave in a busy set stays a small fraction of it.
 *
 * <p><b>Retries.</b> Every script may be sent twice with the same arguments: it does its work once. The second time,
 * the deletion answers as the first time; {@code save} and {@code update} are not told again which entries they
 * replaced, and leave those, which no record names, to expire. So a call whose connection breaks, or whose server is
 * loading, failing over or cut off for a moment, is sent again for as long as the timeout allows. What remains is that
 * a reply is lost and another client writes before the second sending. {@code save} then replaces that, as if it had
 * come later. Whether an {@code update} took effect cannot be told any more: it ends in a {@link
 * dev.mooring.backend.BackendException} that says so.
 */
public final class RedisBackend implements Backend {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Server server;
    private final Records records;
    private final Entries entries;
    private final InstantSource clock;

    /**
     * A backend on a ready client, with a timeout of 5 seconds.
     *
     * @param client a {@code RedisClient}, {@code RedisSentinelClient} or {@code RedisClusterClient}; the caller closes it,
     *     after this backend
     * @param prefix what all keys begin with, such as {@code mooring:}
     * @throws IllegalArgumentException if it is a client of another kind
     */
    public RedisBackend(UnifiedJedis client, String prefix) {
        this(client, prefix, TIMEOUT);
    }

    /**
     * A backend on a ready client.
     *
     * @param client a {@code RedisClient}, {@code RedisSentinelClient} or {@code RedisClusterClient}; the caller closes it,
     *     after this backend. Its own timeouts bound how long a thread and a connection are lost to a server that hangs.
     * @param prefix what all keys begin with, such as {@code mooring:}
     * @param timeout how long a call may take in all, retries included
     * @throws IllegalArgumentException if it is a client of another kind
     */
    public RedisBackend(UnifiedJedis client, String prefix, Duration timeout) {
        this(
                Server.borrowed("Redis (keys " + prefix + "*)", timeout, Client.requireKnown(client)),
                prefix,
                InstantSource.system());
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
        List<Command> entering = entries.enter(saved, Fields.entriesOf(saved));
        Map<String, String> replaced = Fields.read(call.save(entering, records.save(saved)));
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
