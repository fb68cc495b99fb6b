// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

/**
 * A WebSocket application. One object serves all connections, and several threads at once: what belongs to a connection
 * is kept in its {@link Connection}, in no field.
 *
 * <p>The platform runs each event by itself. Two messages of one connection may be handled at the same time, on different
 * machines, and in another order than they were sent; {@code onDisconnect} may be missing where a client vanished without
 * anybody noticing before its record expired.
 */
@FunctionalInterface
public interface WebSocketApp {

    /**
     * A client asks to connect. Nothing is stored unless it is accepted, and nothing can be sent to it before the answer
     * has gone out.
     *
     * @param connection the connection-to-be
     * @return whether to accept it
     */
    default Acceptance onConnect(Connection connection) {
        return Acceptance.accept();
    }

    /**
     * A client sent a message. What was changed on the connection is stored when this returns, and discarded when it
     * throws.
     *
     * @param connection the sender
     * @param message what it sent
     */
    void onMessage(Connection connection, Message message);

    /**
     * A connection is gone: closed by either side, or found dead when something was sent to it. Runs once for each
     * connection. Its attributes and channels can still be read; nothing can be changed or sent to it.
     *
     * @param connection what was stored of it
     * @param reason why it closed
     */
    default void onDisconnect(Connection connection, CloseReason reason) {}
}
