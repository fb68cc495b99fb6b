// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Page;
import dev.mooring.backend.StoredConnection;
import dev.mooring.json.JsonException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Keeps connections in a bucket of Amazon S3, or of a server that speaks its protocol and enforces conditional writes.
 * Thread-safe.
 *
 * <pre>
 * connections/&lt;id&gt;                                the record: a line of JSON, then the state
 * channels/&lt;channel&gt;/&lt;id&gt;/&lt;stamp&gt;.&lt;expiry&gt;   empty: the connection is in the channel
 * all/&lt;id&gt;/&lt;stamp&gt;.&lt;expiry&gt;                  empty: the connection exists
 * </pre>
 *
 * <p>All below the prefix; {@link Keys} says how ids and channel names are written. The line of JSON holds the channels,
 * each with the stamp of the write that added it, the channels that are being left, the expiry, the stamp of this write
 * and whether the connection is gone. A revision is the record's ETag and that line.
 *
 * <p><b>The record is the commit point.</b> A write creates the markers of the channels it adds, puts the record on the
 * condition that its ETag is still the one that was read, and then removes the markers of the channels it left. So a
 * channel never misses a member. Who loses the race removes the markers it made, except those that the winner has too.
 *
 * <p><b>Stamps</b> name writes: a time and 64 random bits, later than that of the version before. No two versions have
 * the same content, so an ETag never comes back; and a marker that is older than the record, and not among its own, is
 * of a writer who lost or died, and is swept away.
 *
 * <p><b>A process that dies</b> between record and markers has left the channels being left in the record: whoever reads
 * it next sweeps them. A deletion first puts a record that is marked as gone, on the same condition, so that one of
 * several callers wins, and then removes the markers and it.
 *
 * <p><b>Expiry</b> is in each key and in the record. Listings drop what has expired by its key alone; {@code
 * purgeExpired} or a lifecycle rule removes it. Cursors are the last key of a page, below the channel.
 */
public final class S3Backend implements Backend {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Bucket bucket;
    private final Keys keys;
    private final String store;
    private final InstantSource clock;
    private final Runnable onClose;
    private volatile boolean closed;

    /**
     * Uses a client of your own, which stays open when the backend is closed. The bucket is created in the client's
     * region if it is missing; a call may take 5 seconds.
     *
     * @param client the client
     * @param bucket the bucket's name
     * @param prefix what the keys begin with, with or without a slash at its end; empty for nothing
     * @throws IllegalArgumentException if the prefix cannot be one
     */
    public S3Backend(S3Client client, String bucket, String prefix) {
        this(
                new Bucket(client, bucket, true, TIMEOUT),
                new Keys(prefix),
                "s3://" + bucket + "/" + prefix,
                InstantSource.system(),
                () -> {});
    }

    S3Backend(Bucket bucket, Keys keys, String store, InstantSource clock, Runnable onClose) {
        this.bucket = bucket;
        this.keys = keys;
        this.store = store;
        this.clock = clock;
        this.onClose = onClose;
    }

    @Override
    public StoredConnection save(StoredConnection connection) {
        return call("save", objects -> {
            S3Records records = new S3Records(objects, keys);
            S3Record base = S3Record.absent(connection.id());
            while (true) {
                S3Record next = base.replacedBy(connection);
                S3Record stored = records.replace(base, next);
                if (stored.is(next)) {
                    return records.settle(stored).connection();
                }
                base = stored;
            }
        });
    }

    @Override
    public Optional<StoredConnection> find(String id) {
        return call("find", objects -> {
            S3Records records = new S3Records(objects, keys);
            S3Record record = records.get(id);
            records.sweep(record);
            return visible(record);
        });
    }

    @Override
    public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
        return call("update", objects -> {
            if (!isLive(previous)) {
                return Optional.empty();
            }
            S3Record base = S3Record.of(previous);
            S3Record changed = base.replacedBy(next);
            S3Records records = new S3Records(objects, keys);
            S3Record stored = records.replace(base, changed);
            return stored.is(changed) ? Optional.of(records.settle(stored).connection()) : Optional.empty();
        });
    }

    @Override
    public Optional<StoredConnection> delete(String id) {
        return call("delete", objects -> {
            S3Records records = new S3Records(objects, keys);
            while (true) {
                S3Record record = records.get(id);
                if (record.header().deleted()) {
                    records.cleanUp(record);
                    return Optional.empty();
                }
                if (records.bury(record)) {
                    return visible(record);
                }
            }
        });
    }

    @Override
    public Page<String> members(String channel, @Nullable String cursor, int limit) {
        return page("members", channel, cursor, limit);
    }

    @Override
    public Page<String> connections(@Nullable String cursor, int limit) {
        return page("connections", Keys.EVERYBODY, cursor, limit);
    }

    private Page<String> page(String operation, String channel, @Nullable String cursor, int limit) {
        String prefix = keys.channel(channel);
        return call(
                operation,
                objects -> Listing.page(
                        prefix, objects.list(prefix, cursor == null ? "" : cursor, limit), clock.instant()));
    }

    @Override
    public int purgeExpired() {
        return call("purgeExpired", objects -> new Purge(bucket, keys, clock.instant()).run());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            bucket.workers().shutdownNow();
            onClose.run();
        }
    }

    private Optional<StoredConnection> visible(S3Record record) {
        return record.header().deleted()
                ? Optional.empty()
                : Optional.of(record.connection()).filter(this::isLive);
    }

    private boolean isLive(StoredConnection connection) {
        return connection.expiresAt().isAfter(clock.instant());
    }

    private <T> T call(String operation, Function<S3Objects, T> requests) {
        if (closed) {
            throw new IllegalStateException("This backend is closed.");
        }
        try {
            return requests.apply(new S3Objects(bucket));
        } catch (SdkException e) {
            throw new BackendException(store, operation, S3Failure.problem(e, bucket), e);
        } catch (JsonException e) {
            throw new BackendException(store, operation, "what is stored is not a record of this backend", e);
        }
    }
}
