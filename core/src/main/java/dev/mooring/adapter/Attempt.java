// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

/** A post to one client: which attempt it is, from 1 on, and when it is due ({@link System#nanoTime}). */
record Attempt(String connectionId, int number, long due) implements Comparable<Attempt> {

    static Attempt first(String connectionId) {
        return new Attempt(connectionId, 1, System.nanoTime());
    }

    Attempt next() {
        return new Attempt(connectionId, number + 1, System.nanoTime() + Retry.delayNanos(number));
    }

    long nanosUntilDue() {
        return due - System.nanoTime();
    }

    @Override
    public int compareTo(Attempt other) {
        return Long.signum(due - other.due);
    }
}
