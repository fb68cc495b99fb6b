// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

/** Ends an event that needs the state of a connection of which nothing is stored. */
final class UnknownConnectionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownConnectionException(String id) {
        super("Nothing is stored of connection " + id + ": it is closed, so that the client connects anew.");
    }
}
