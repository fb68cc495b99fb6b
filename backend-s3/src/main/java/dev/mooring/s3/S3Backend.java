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
 * Keeps connections in a bucket of Amazon S3, or of a server that speaks its protocol. Thread-safe.
 *
 * <pre>
 * prefix/connections/&lt;id&gt;                                the record: a line of JSON (below), then the state as it is
 * prefix/channels/&lt;channel&gt;/&lt;id&gt;/&lt;stamp&gt;.&lt;expires&gt;     a marker, empty: this connection is in this channel
 * prefix/all/&lt;id&gt;/&lt;stamp&gt;.&lt;expires&gt;                    a marker, empty: this connection exists
 *
 * {"stamp":"…","deleted":false,"expires":1792579200000,"channels":{"":"…","room":"…"},"leaving":[],"swept":false}
 * </pre>
 *
 * <p>Ids and channels are as they are where that is safe in a key, else {@code ~} and Base64; a channel that is long
 * even so is {@code ~~} and its SHA-256. {@code expires} is in milliseconds since 1970 and part of the markers' keys, so
 * that a listing alone knows who has expired. {@code all} is one more channel, named "", that everybody is in.
 *
 * <p><b>Writes.</b> Each version of a record is named by a stamp that no other has, and that is greater than that of the
 * version before. It is put with {@code If-Match} on the ETag of that version, or {@code If-None-Match} where there is
 * none; the revision is the ETag and the line of JSON, so that an update knows the markers without reading the record
 * again. No two contents are equal, so neither are ETags. A writer who is refused reads what is there: its own stamp
 * means that it has won and only the reply was lost.
 *
 * <p><b>Markers first, the record last.</b> A channel's new marker bears the stamp of the version that the writer read,
 * and the record remembers it. Only the version that follows at once can bring a marker of that stamp in: a writer who
 * lost may remove its own unless the record that it finds has them, and none of them is ever wanted later. Two writers
 * of one name would not know whose the marker is. Who stays in a channel keeps the marker; where the expiry changes,
 * the new marker is written before the old one goes and sorts behind it, and all markers of a connection sort side by
 * side: a listing that is under way cannot miss both.
 *
 * <p><b>Leaving.</b> The record that no longer has a channel lists it as one that it is leaving. Then all markers of the
 * connection in that channel that are older than the record are swept, those of writers who died included, and then the
 * record is put once more without the list. Where a process dies in between, the next call that reads the record sweeps.
 *
 * <p><b>Deletion.</b> The record becomes a tombstone, which one of several callers puts. Its markers go, and then itself
 * if it is still the same. A tombstone stays until it expires if markers were ever swept: else a writer who found no
 * record, wrote its markers and waited for as long as somebody else took to save, unsubscribe and delete, would find no
 * record again, and not its markers either.
 *
 * <p><b>What may be reported though no record says so:</b> a connection, alive or gone, whose save or subscription died
 * between marker and record and was not made again, in the channels that it meant to join, until it joins and leaves
 * them, or expires. Nothing but those markers knows of them: other changes and a deletion do not find them.
 *
 * <p><b>Expiry.</b> Every read compares with the clock. {@link #purgeExpired} and a lifecycle rule remove what is left;
 * the rule must give objects more days than connections live.
 *
 * <p><b>Requests.</b> {@code find}: GET. {@code save} of a new connection: a PUT for the record, one for {@code all} and
 * one for each channel. {@code update}: a PUT, and one for each channel that is joined; where channels are left, a LIST
 * for each of these, a DELETE for all and another PUT. {@code delete}: a GET, a PUT and two DELETEs. {@code members} and
 * {@code connections}: a LIST for each thousand markers. Up to 16 requests run at the same time.
 *
 * <p><b>A missing bucket</b> is noticed by the first call that fails on it, which creates it in the client's region.
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
        this(client, bucket, prefix, true, TIMEOUT);
    }

    /**
     * Uses a client of your own, which stays open when the backend is closed.
     *
     * @param client the client
     * @param bucket the bucket's name
     * @param prefix what the keys begin with, with or without a slash at its end; empty for nothing
     * @param autoCreate whether the bucket is created where it is missing, in the client's region
     * @param timeout how long a call may take in all, retries included
     * @throws IllegalArgumentException if the prefix cannot be one
     */
    public S3Backend(S3Client client, String bucket, String prefix, boolean autoCreate, Duration timeout) {
        this(
                new Bucket(client, bucket, autoCreate, timeout),
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
