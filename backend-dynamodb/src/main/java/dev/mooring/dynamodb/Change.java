// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.StoredConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * From one stored connection to another.
 *
 * @param before channels and expiry of what is stored; null where nothing is, or nothing with channels
 * @param next what to store
 */
record Change(@Nullable StoredConnection before, StoredConnection next) {

    Change withRevision(String revision) {
        return new Change(before, next.withRevision(revision));
    }

    /** Whether a single item changes. */
    boolean isOfRecordOnly() {
        return before == null
                ? next.channels().isEmpty()
                : next.channels().equals(before.channels())
                        && next.expiresAt().equals(before.expiresAt())
                        && !Items.isStateApart(next.channels());
    }

    /** The memberships to put: the new ones, and all if they expire at another time. */
    List<TransactWriteItem> additions(Writes writes) {
        Set<String> kept = before != null && next.expiresAt().equals(before.expiresAt()) ? before.channels() : Set.of();
        List<TransactWriteItem> additions = new ArrayList<>();
        for (String channel : next.channels()) {
            if (!kept.contains(channel)) {
                additions.add(writes.put(Items.membership(channel, next)));
            }
        }
        return additions;
    }

    /** The memberships to delete. */
    List<TransactWriteItem> removals(Writes writes) {
        return writes.deleteMemberships(next.id(), removedChannels());
    }

    Set<String> removedChannels() {
        if (before == null) {
            return Set.of();
        }
        Set<String> removed = new HashSet<>(before.channels());
        removed.removeAll(next.channels());
        return removed;
    }

    /** What goes with the record besides memberships: its state, where that is or was kept apart. */
    List<TransactWriteItem> stateWrites(Writes writes) {
        if (Items.isStateApart(next.channels())) {
            return List.of(writes.put(Items.state(next)));
        }
        boolean wasApart = before != null && Items.isStateApart(before.channels());
        return wasApart ? List.of(writes.delete(Items.stateKey(next.id()))) : List.of();
    }
}
