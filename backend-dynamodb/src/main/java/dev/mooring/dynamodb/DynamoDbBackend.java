// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Page;
import dev.mooring.backend.StoredConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * Keeps connections in one DynamoDB table. Thread-safe.
 *
 * <pre>
 * pk                    sk       attributes
 * connection#&lt;id&gt;       record   state, channels (set), revision, expiresAt, expiresAtMillis
 * channel#&lt;name&gt;        &lt;id&gt;     expiresAt, expiresAtMillis: one membership, for each channel of each connection
 * connection#&lt;id&gt;       state    state, revision, expiresAt, expiresAtMillis: only where the names of the channels
 *                                take more than 130,000 bytes, for an item holds 400 KiB; the record then has the
 *                                attribute stateRevision instead
 * connection#&lt;id&gt;       journal  channels (set), revision, expiresAt, expiresAtMillis: only while, or since, a writer
 *                                needs several transactions
 * </pre>
 *
 * <p><b>Expiry.</b> {@code expiresAt} counts seconds, and is for DynamoDB's TTL to delete by, days late perhaps; {@code
 * expiresAtMillis} is what every read and every update here compares with the clock.
 *
 * <p><b>Index and record never differ.</b> Memberships change only in a transaction that also writes the record, under
 * the condition that its revision is still the one that was read. So no reader of a channel misses a connection whose
 * record names the channel, or meets one whose record does not; no order of writes without a transaction does both. If
 * memberships went first, those of a writer who then loses the race or stops would stay, for a connection that is alive
 * and perhaps has just unsubscribed; if the record went first, a channel would miss members, or keep those of whose
 * departure the record knows nothing any more. Where no membership changes, neither does the index, and the record alone
 * is put, at half the price. Revisions are random: none comes again, and a writer who meets its own one, since the reply
 * to its first attempt was lost, knows that it has won.
 *
 * <p><b>More than 98 memberships at once</b> do not fit one transaction and take several, in the order additions, record,
 * removals, each under the condition that nobody else wrote the record since. The first one gives the record a revision
 * that begins with {@code claim-} and puts the journal, which names the channels that may come to list the connection
 * besides those of the record; the last one removes both. A channel may list a connection for a moment before its record
 * names the channel, or after. Who reads or saves a claimed record waits for the end of the claim, for two seconds at
 * most; then its writer has stopped halfway, and the channels are brought back to what the record says. A deletion hides
 * the record first and removes it last; it waits for nobody.
 *
 * <p><b>Requests.</b> {@code find}: a consistent {@code GetItem}. {@code save} and {@code update}: a conditional {@code
 * PutItem}, or one {@code TransactWriteItems} where memberships change; {@code save} takes one more to replace a
 * connection that has channels. {@code delete}: a {@code DeleteItem} that returns the old item, under the condition that
 * it has no channels; one that has is returned instead, and goes in a transaction with its memberships. {@code members}:
 * a consistent {@code Query} of one partition. {@code connections}: a consistent {@code Scan}, which reads the whole
 * table; an index of all connections would cost every connect and disconnect one more write, and reading them all is for
 * broadcasts, each of which costs many times as much in posts.
 *
 * <p><b>A missing table</b> is noticed by the first call that fails on it. That call creates the table and waits for it,
 * which on AWS takes some ten seconds and is not counted in its timeout. Who waited turns on the TTL; where nobody
 * waited until the end, {@link #purgeExpired} does.
 */
public final class DynamoDbBackend implements Backend {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Table table;
    private final Records records;
    private final Steps steps;
    private final InstantSource clock;
    private final Runnable onClose;
    private volatile boolean closed;

    /**
     * Keeps connections in a table that is created where it is missing. A call takes 5 seconds at most.
     *
     * @param client reaches the table; the caller closes it, after this backend
     * @param table the table's name
     * @throws dev.mooring.backend.InvalidDsnException if no table can have that name
     */
    public DynamoDbBackend(DynamoDbClient client, String table) {
        this(client, table, true, TIMEOUT);
    }

    /**
     * Keeps connections in a table.
     *
     * @param client reaches the table; the caller closes it, after this backend
     * @param table the table's name
     * @param autoCreate whether the table is created where it is missing
     * @param timeout how long a call may take in all, retries included
     * @throws dev.mooring.backend.InvalidDsnException if no table can have that name
     */
    public DynamoDbBackend(DynamoDbClient client, String table, boolean autoCreate, Duration timeout) {
        this(
                new Table(client, TableName.require(table), autoCreate, timeout, "dynamodb://" + table),
                InstantSource.system(),
                () -> {});
    }

    DynamoDbBackend(Table table, InstantSource clock, Runnable onClose) {
        this.table = table;
        this.records = new Records(table);
        this.steps = new Steps(records, new Writes(table.name()));
        this.clock = clock;
        this.onClose = onClose;
    }

    @Override
    public StoredConnection save(StoredConnection connection) {
        Call call = begin("save");
        StoredConnection next = connection.withRevision(Records.newRevision());
        Outcome outcome = write(call, new Change(null, next), Expectation.NO_CHANNELS);
        while (!outcome.isDone()) {
            outcome = outcome.record().isEmpty()
                    ? write(call, new Change(null, next), Expectation.NO_CHANNELS)
                    : replace(call, Items.connection(outcome.record()), next);
        }
        return next;
    }

    private Outcome replace(Call call, StoredConnection before, StoredConnection next) {
        if (Claim.is(before.revision())) {
            steps.endClaim(call, before);
            return Outcome.refused(records.get(call, Items.recordKey(before.id())));
        }
        return write(call, new Change(before, next), Expectation.revision(before.revision()));
    }

    @Override
    public Optional<StoredConnection> find(String id) {
        Call call = begin("find");
        while (true) {
            Optional<StoredConnection> found = records.find(call, id, clock.instant());
            if (found.isEmpty() || !Claim.is(found.get().revision())) {
                return found;
            }
            steps.endClaim(call, found.get());
        }
    }

    @Override
    public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
        Call call = begin("update");
        StoredConnection updated = next.withRevision(Records.newRevision());
        Expectation unchanged = Expectation.liveRevision(previous.revision(), clock.instant());
        return write(call, new Change(previous, updated), unchanged).isDone() ? Optional.of(updated) : Optional.empty();
    }

    private Outcome write(Call call, Change change, Expectation expected) {
        return change.isOfRecordOnly() ? records.put(call, change.next(), expected) : steps.put(call, change, expected);
    }

    @Override
    public Optional<StoredConnection> delete(String id) {
        Call call = begin("delete");
        Outcome outcome = records.delete(call, id);
        Map<String, AttributeValue> deleted = outcome.record();
        while (!outcome.isDone()) {
            if (outcome.record().isEmpty()) {
                return Optional.empty();
            }
            // without its state only where the record is another one by now, and then it is not deleted here
            deleted = records.withState(call, outcome.record()).orElse(outcome.record());
            outcome = steps.delete(call, Items.connection(deleted));
        }
        return deleted.isEmpty()
                ? Optional.empty()
                : Optional.of(Items.connection(deleted)).filter(this::isLive);
    }

    @Override
    public Page<String> members(String channel, @Nullable String cursor, int limit) {
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(table.name())
                .keyConditionExpression("pk = :channel")
                .filterExpression("expiresAtMillis > :now")
                .projectionExpression("sk")
                .expressionAttributeValues(Map.of(":channel", Items.text(Items.partition(channel)), ":now", now()))
                .consistentRead(true)
                .limit(limit);
        if (cursor != null) {
            query.exclusiveStartKey(Items.membershipKey(channel, cursor));
        }
        QueryResponse page = begin("members").send(limits -> table.client()
                .query(query.overrideConfiguration(limits).build()));
        return page(page.items(), Items::idOfMembership, page.lastEvaluatedKey(), Items::idOfMembership);
    }

    @Override
    public Page<String> connections(@Nullable String cursor, int limit) {
        ScanRequest.Builder scan = ScanRequest.builder()
                .tableName(table.name())
                .filterExpression("sk = :record AND expiresAtMillis > :now")
                .projectionExpression("pk")
                .expressionAttributeValues(Map.of(":record", Items.text(Items.RECORD), ":now", now()))
                .consistentRead(true)
                .limit(limit);
        if (cursor != null) {
            scan.exclusiveStartKey(Items.keyAt(cursor));
        }
        ScanResponse page = begin("connections").send(limits -> table.client()
                .scan(scan.overrideConfiguration(limits).build()));
        return page(page.items(), Items::idOfRecord, page.lastEvaluatedKey(), Items::cursorAt);
    }

    /**
     * Removes nothing, as DynamoDB does: but where the table is created on demand, turns on that it does, if whoever
     * created the table was stopped before.
     */
    @Override
    public int purgeExpired() {
        requireOpen();
        table.ensureExpiry("purgeExpired");
        return 0;
    }

    private static Page<String> page(
            List<Map<String, AttributeValue>> items,
            Function<Map<String, AttributeValue>, String> id,
            Map<String, AttributeValue> last,
            Function<Map<String, AttributeValue>, String> cursor) {
        List<String> ids = new ArrayList<>(items.size());
        for (Map<String, AttributeValue> item : items) {
            ids.add(id.apply(item));
        }
        return new Page<>(ids, last.isEmpty() ? null : cursor.apply(last));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.run();
        }
    }

    private Call begin(String operation) {
        requireOpen();
        return new Call(table, operation);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This backend is closed.");
        }
    }

    private AttributeValue now() {
        return Items.number(clock.millis());
    }

    private boolean isLive(StoredConnection connection) {
        return connection.expiresAt().isAfter(clock.instant());
    }
}
