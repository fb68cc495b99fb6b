// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.CloseReason;
import dev.mooring.Handshake;
import dev.mooring.Message;

/**
 * An event of a WebSocket API.
 *
 * @param handshake what a CONNECT or AUTHORIZE event says of the client; of the others, as much as they repeat
 * @param message what a MESSAGE event carries; empty on the others
 * @param closeReason what a DISCONNECT event says
 * @param methodArn what an AUTHORIZE event asks permission for; empty on the others
 */
record WebSocketEvent(
        Type type,
        String connectionId,
        String requestId,
        String domainName,
        String stage,
        Handshake handshake,
        Message message,
        CloseReason closeReason,
        String methodArn) {

    enum Type {
        CONNECT,
        MESSAGE,
        DISCONNECT,
        AUTHORIZE
    }
}
