// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

/**
 * A post to one client: which attempt it is, from 1 on, how many refusals before it count against the client, and when it
 * is due ({@link System#nanoTime}).
 */
record Attempt(String connectionId, int number, int refusals, long due) implements Comparable<Attempt> {

    static Attempt first(String connectionId) {
        return new Attempt(connectionId, 1, 0, System.nanoTime());
    }

    Attempt next(boolean counts) {
        return new Attempt(
                connectionId, number + 1, refusals + (counts ? 1 : 0), System.nanoTime() + Retry.delayNanos(number));
    }

    long nanosUntilDue() {
        return due - System.nanoTime();
    }

    @Override
    public int compareTo(Attempt other) {
        return Long.signum(due - other.due);
    }
}
