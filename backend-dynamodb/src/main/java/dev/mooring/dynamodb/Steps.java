// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.StoredConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Writes a record together with its memberships: in one transaction, or in several where they are too many for one.
 *
 * <p>Then additions go first, the record next, removals last, so that meanwhile the channels list too much, never too
 * little. The first step moves the record's revision to a {@link Claim} of this writer, on which all other steps depend,
 * and leaves a journal: the channels that may come to list the connection besides those of the record. The last step
 * gives the record its own revision and removes the journal. Whoever meets a claim waits for its end; one that does not
 * end they take over, and bring the channels back to what the record says. Thread-safe.
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
        List<TransactWriteItem> removals = change.removals(writes);
        if (additions.size() + removals.size() > MEMBERSHIPS) {
            return putInSteps(call, change, additions, removals, expected);
        }
        List<TransactWriteItem> others = new ArrayList<>(change.stateWrites(writes));
        others.addAll(additions);
        others.addAll(removals);
        return records.commit(call, writes.putRecord(change.next(), expected), others);
    }

    private Outcome putInSteps(
            Call call,
            Change change,
            List<TransactWriteItem> additions,
            List<TransactWriteItem> removals,
            Expectation expected) {
        StoredConnection next = change.next();
        String adding = Claim.newRevision();
        Outcome step = records.commit(
                call,
                writes.touchRecord(next, expected, adding),
                List.of(writes.put(Items.journal(next, next.channels()))));
        if (step.isDone()) {
            step = commitAll(call, next.id(), adding, additions);
        }
        // another claim than before, so that nobody who has read the old record takes the new one for it
        String removing = Claim.newRevision();
        if (step.isDone()) {
            step = putClaimed(call, change.withRevision(removing), Expectation.revision(adding));
        }
        if (step.isDone() && commitAll(call, next.id(), removing, removals).isDone()) {
            release(call, next, removing, next.revision());
        }
        return step;
    }

    private Outcome putClaimed(Call call, Change change, Expectation expected) {
        List<TransactWriteItem> others = new ArrayList<>(change.stateWrites(writes));
        others.add(writes.put(Items.journal(change.next(), change.removedChannels())));
        return records.commit(call, writes.putRecord(change.next(), expected), others);
    }

    private Outcome commitAll(Call call, String id, String claim, List<TransactWriteItem> memberships) {
        Outcome step = Outcome.DONE;
        for (int from = 0; from < memberships.size() && step.isDone(); from += MEMBERSHIPS) {
            int to = Math.min(from + MEMBERSHIPS, memberships.size());
            step = records.commit(
                    call, writes.checkRecord(id, Expectation.revision(claim)), memberships.subList(from, to));
        }
        return step;
    }

    private void release(Call call, StoredConnection connection, String claim, String revision) {
        records.commit(
                call,
                writes.touchRecord(connection, Expectation.revision(claim), revision),
                List.of(writes.delete(Items.journalKey(connection.id()))));
    }

    /** Deletes a record and what goes with it. */
    Outcome delete(Call call, StoredConnection before) {
        List<TransactWriteItem> apart = new ArrayList<>();
        if (Items.isStateApart(before.channels())) {
            apart.add(writes.delete(Items.stateKey(before.id())));
        }
        Set<String> channels = new HashSet<>(before.channels());
        if (Claim.is(before.revision())) {
            StoredConnection journal = journal(call, before.id());
            channels.addAll(journal == null ? Set.of() : journal.channels());
            apart.add(writes.delete(Items.journalKey(before.id())));
        }
        List<TransactWriteItem> removals = writes.deleteMemberships(before.id(), channels);
        Expectation expected = Expectation.revision(before.revision());
        if (removals.size() + apart.size() > MEMBERSHIPS) {
            return deleteInSteps(call, before.id(), removals, apart, expected);
        }
        removals.addAll(apart);
        return records.commit(call, writes.deleteRecord(before.id(), expected), removals);
    }

    /** The first step decides: it hides the record. If somebody else writes it before the last one, it is theirs. */
    private Outcome deleteInSteps(
            Call call,
            String id,
            List<TransactWriteItem> removals,
            List<TransactWriteItem> apart,
            Expectation expected) {
        String claim = Claim.newRevision();
        Outcome first = records.commit(call, writes.expireRecord(id, expected, claim), List.of());
        if (first.isDone() && commitAll(call, id, claim, removals).isDone()) {
            records.commit(call, writes.deleteRecord(id, Expectation.revision(claim)), apart);
        }
        return first;
    }

    /** Waits until what was read is no longer claimed; ends the claim itself where its writer has stopped halfway. */
    void endClaim(Call call, StoredConnection read) {
        if (records.isClaimLeft(call, read)) {
            if (Items.isHidden(read)) {
                delete(call, read);
            } else {
                restore(call, read);
            }
        }
    }

    private void restore(Call call, StoredConnection left) {
        String claim = Claim.newRevision();
        Expectation expected = Expectation.revision(left.revision());
        if (!records.commit(call, writes.touchRecord(left, expected, claim), List.of())
                .isDone()) {
            return;
        }
        Change back = new Change(journal(call, left.id()), left);
        List<TransactWriteItem> memberships = new ArrayList<>(back.additions(writes));
        memberships.addAll(back.removals(writes));
        if (commitAll(call, left.id(), claim, memberships).isDone()) {
            release(call, left, claim, Records.newRevision());
        }
    }

    private @Nullable StoredConnection journal(Call call, String id) {
        Map<String, AttributeValue> journal = records.get(call, Items.journalKey(id));
        return journal.isEmpty() ? null : Items.connection(journal);
    }
}
