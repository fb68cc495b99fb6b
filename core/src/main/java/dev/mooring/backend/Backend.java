// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps connections in one store. Every method is safe to call from many threads at once.
 *
 * <p>What every backend promises, and {@code mooring-backend-tck} proves:
 *
 * <ol>
 *   <li>Absence is normal: nothing found, nothing deleted and a lost race are ordinary results, not errors.
 *   <li>{@code find}, {@code update} and {@code delete} are strongly consistent with one another, across processes too.
 *   <li>An expired connection is invisible to every method at once, whether or not the store has removed it yet.
 *   <li>{@code members} never misses an id that was subscribed before paging began and stays so. It may still report an
 *       id that is gone, until that connection's expiry; it never reports a live connection whose unsubscription has
 *       returned.
 *   <li>A call that failed may have taken effect in part; calling again completes it. No torn record is ever visible.
 * </ol>
 *
 * <p>Opening a backend makes no round trip. A store that fails, or does not answer within the DSN's {@code timeout}, ends
 * the call in a {@link BackendException}; a call after {@link #close} in an {@link IllegalStateException}.
 */
public interface Backend extends AutoCloseable {

    /**
     * Creates the connection, or replaces what was stored under its id.
     *
     * @param connection what to store; its revision is ignored
     * @return the connection with the revision that the store gave it
     */
    StoredConnection save(StoredConnection connection);

    /**
     * Reads a connection.
     *
     * @param id the connection's id
     * @return what is stored, or empty where nothing is, or what was has expired
     */
    Optional<StoredConnection> find(String id);

    /**
     * Replaces a connection if it is still as it was read: compare-and-set on {@code previous.revision()}.
     *
     * @param previous what this backend returned last
     * @param next what to store instead, under the same id; its revision is ignored
     * @return the connection with its new revision; empty where somebody else was faster or the connection is gone
     */
    Optional<StoredConnection> update(StoredConnection previous, StoredConnection next);

    /**
     * Removes a connection from the store and from all its channels. Of several callers, one gets the connection.
     *
     * @param id the connection's id
     * @return what was stored, or empty where nothing was, or what was had expired
     */
    Optional<StoredConnection> delete(String id);

    /**
     * Lists the connections of a channel, in no particular order.
     *
     * @param channel the channel's name
     * @param cursor {@link Page#next()} of the page before, or null for the first page; valid in other processes too
     * @param limit how many ids a page holds at most, 1 or more
     * @return ids, perhaps fewer than {@code limit} and perhaps none although more pages follow
     */
    Page<String> members(String channel, @Nullable String cursor, int limit);

    /**
     * Lists all connections, in no particular order.
     *
     * @param cursor {@link Page#next()} of the page before, or null for the first page; valid in other processes too
     * @param limit how many ids a page holds at most, 1 or more
     * @return ids, perhaps fewer than {@code limit} and perhaps none although more pages follow
     */
    Page<String> connections(@Nullable String cursor, int limit);

    /**
     * Removes what has expired, for stores that do not do so by themselves.
     *
     * @return how many connections were removed; always 0 for a store that expires by itself
     */
    default int purgeExpired() {
        return 0;
    }

    /** Releases what this backend holds open. Closing twice is fine. */
    @Override
    void close();
}
