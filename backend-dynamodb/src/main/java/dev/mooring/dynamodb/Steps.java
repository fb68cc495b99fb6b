// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.StoredConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Writes a record together with its memberships: in one transaction, or in several where they are too many for one.
 *
 * <p>Then additions go first, the record next, removals last, so that meanwhile the channels list too much, never too
 * little. The first addition moves the record's revision to a {@link Claim} of this writer, and all that follows depends
 * on that. Another writer waits for the end of a claim that it meets, and then has lost the race; a claim that does not
 * end it overrules. Who finds the own claim overruled takes the additions back. Thread-safe.
 */
final class Steps {

    /** DynamoDB takes 100 writes in a transaction: the record, perhaps its state, and so many memberships. */
    static final int MEMBERSHIPS = 98;

    private final Records records;
    private final Writes writes;

    Steps(Records records, Writes writes) {
        this.records = records;
        this.writes = writes;
    }

    /** Puts a record and what changes with it. */
    Outcome put(Call call, Change change, Expectation expected) {
        List<TransactWriteItem> additions = change.additions(writes);
        return additions.size() > MEMBERSHIPS
                ? putInSteps(call, change, additions, expected)
                : putRecord(call, change, additions, expected);
    }

    private Outcome putInSteps(Call call, Change change, List<TransactWriteItem> additions, Expectation expected) {
        StoredConnection next = change.next();
        String claim = Claim.newRevision();
        Outcome step = records.commit(call, writes.touchRecord(next, expected, claim), take(additions));
        if (!step.isDone()) {
            return step;
        }
        Expectation claimed = Expectation.revision(claim);
        while (step.isDone() && additions.size() > MEMBERSHIPS) {
            step = records.commit(call, writes.touchRecord(next, claimed, claim), take(additions));
        }
        if (step.isDone()) {
            step = putRecord(call, change, additions, claimed);
        }
        if (!step.isDone()) {
            retract(call, next.id(), next.channels());
        }
        return step;
    }

    private Outcome putRecord(Call call, Change change, List<TransactWriteItem> additions, Expectation expected) {
        StoredConnection next = change.next();
        List<TransactWriteItem> removals = change.removals(writes);
        List<TransactWriteItem> others = new ArrayList<>(change.stateWrites(writes));
        others.addAll(additions);
        others.addAll(take(removals, MEMBERSHIPS - additions.size()));
        Outcome put = records.commit(call, writes.putRecord(next, expected), others);
        if (put.isDone() && !removals.isEmpty()) {
            removeRest(call, next, removals, change.removedChannels());
        }
        return put;
    }

    private void removeRest(Call call, StoredConnection put, List<TransactWriteItem> removals, Set<String> channels) {
        Expectation unchanged = Expectation.revision(put.revision());
        while (!removals.isEmpty()) {
            TransactWriteItem check = writes.checkRecord(put.id(), unchanged);
            if (!records.commit(call, check, take(removals)).isDone()) {
                retract(call, put.id(), channels);
                return;
            }
        }
    }

    /** Removes the memberships that the record does not name. */
    private void retract(Call call, String id, Set<String> channels) {
        Set<String> rest = new HashSet<>(channels);
        while (!rest.isEmpty()) {
            Map<String, AttributeValue> record = records.get(call, Items.recordKey(id));
            TransactWriteItem guard = writes.checkRecord(id, Expectation.NOTHING);
            if (!record.isEmpty()) {
                StoredConnection current = Items.connection(record);
                rest.removeAll(current.channels());
                if (rest.isEmpty()) {
                    return;
                }
                guard = unchanged(call, current);
            }
            List<String> some = rest.stream().limit(MEMBERSHIPS).toList();
            if (records.commit(call, guard, writes.deleteMemberships(id, some)).isDone()) {
                some.forEach(rest::remove);
            }
        }
    }

    /** Who has a claim may be adding what is to be removed, and is waited for, then stopped. */
    private TransactWriteItem unchanged(Call call, StoredConnection current) {
        Expectation unchanged = Expectation.revision(current.revision());
        if (!Claim.is(current.revision())) {
            return writes.checkRecord(current.id(), unchanged);
        }
        records.awaitEndOfClaim(call, current);
        return writes.touchRecord(current, unchanged, Records.newRevision());
    }

    /** Deletes a record and what goes with it. */
    Outcome delete(Call call, StoredConnection before) {
        List<TransactWriteItem> removals = writes.deleteMemberships(before.id(), before.channels());
        if (Items.isStateApart(before.channels())) {
            removals.add(writes.delete(Items.stateKey(before.id())));
        }
        Expectation expected = Expectation.revision(before.revision());
        return removals.size() > MEMBERSHIPS
                ? deleteInSteps(call, before.id(), removals, expected)
                : records.commit(call, writes.deleteRecord(before.id(), expected), removals);
    }

    /** The first step decides: it hides the record. If somebody else writes it before the last one, it is theirs. */
    private Outcome deleteInSteps(Call call, String id, List<TransactWriteItem> removals, Expectation expected) {
        String claim = Claim.newRevision();
        Outcome first = records.commit(call, writes.expireRecord(id, expected, claim), take(removals));
        Expectation claimed = Expectation.revision(claim);
        Outcome step = first;
        while (step.isDone() && removals.size() > MEMBERSHIPS) {
            step = records.commit(call, writes.expireRecord(id, claimed, claim), take(removals));
        }
        if (step.isDone()) {
            records.commit(call, writes.deleteRecord(id, claimed), removals);
        }
        return first;
    }

    private static List<TransactWriteItem> take(List<TransactWriteItem> from) {
        return take(from, MEMBERSHIPS);
    }

    /** Moves up to so many from the end of the list. */
    private static List<TransactWriteItem> take(List<TransactWriteItem> from, int most) {
        List<TransactWriteItem> end = from.subList(Math.max(0, from.size() - most), from.size());
        List<TransactWriteItem> taken = List.copyOf(end);
        end.clear();
        return taken;
    }
}
