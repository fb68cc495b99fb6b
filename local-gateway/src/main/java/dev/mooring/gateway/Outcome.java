// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

/** How an invocation ended: with an answer, or without. */
record Outcome(Status status, String answer) {

    enum Status {
        ANSWERED,
        FAILED,
        TIMED_OUT
    }

    static final Outcome FAILED = new Outcome(Status.FAILED, "");
    static final Outcome TIMED_OUT = new Outcome(Status.TIMED_OUT, "");

    static Outcome answered(String answer) {
        return new Outcome(Status.ANSWERED, answer);
    }
}
