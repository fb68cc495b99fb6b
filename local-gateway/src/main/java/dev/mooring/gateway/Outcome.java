// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

/**
 * How an invocation ended: with an answer, or without.
 *
 * @param answer the function's answer, or the message of its failure
 */
record Outcome(Status status, String answer) {

    enum Status {
        ANSWERED,
        FAILED,
        TIMED_OUT
    }

    /** The one failure that API Gateway tells from others, by its message. */
    private static final String UNAUTHORIZED = "Unauthorized";

    static final Outcome FAILED = new Outcome(Status.FAILED, "");
    static final Outcome TIMED_OUT = new Outcome(Status.TIMED_OUT, "");

    static Outcome answered(String answer) {
        return new Outcome(Status.ANSWERED, answer);
    }

    static Outcome failed(Throwable failure) {
        return new Outcome(Status.FAILED, String.valueOf(failure.getMessage()));
    }

    boolean isUnauthorized() {
        return status == Status.FAILED && answer.equals(UNAUTHORIZED);
    }
}
