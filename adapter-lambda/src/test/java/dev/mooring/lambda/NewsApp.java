// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.Acceptance;
import dev.mooring.Connection;
import dev.mooring.Message;
import dev.mooring.WebSocketApp;

/** Whoever connects hears the news, and has nothing to say. */
interface NewsApp extends WebSocketApp {

    @Override
    default Acceptance onConnect(Connection connection) {
        connection.subscribe("news");
        return Acceptance.accept();
    }

    @Override
    default void onMessage(Connection connection, Message message) {
        throw new AssertionError("no message was sent");
    }
}
