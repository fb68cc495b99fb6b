// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.chat;

/** A client asked for what cannot be done; the message is for this client. */
final class ChatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ChatException(String message) {
        super(message);
    }
}
