// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.CloseReason;
import dev.mooring.Handshake;
import dev.mooring.Message;

/**
 * An event of a WebSocket API.
 *
 * @param handshake what a CONNECT event says of the client; of the others, as much as they repeat
 * @param message what a MESSAGE event carries; empty on the others
 * @param closeReason what a DISCONNECT event says
 */
record WebSocketEvent(
        Type type,
        String connectionId,
        String requestId,
        String domainName,
        String stage,
        Handshake handshake,
        Message message,
        CloseReason closeReason) {

    enum Type {
        CONNECT,
        MESSAGE,
        DISCONNECT
    }
}
