// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.chat;

import dev.mooring.lambda.WebSocketLambda;
import java.util.Objects;

/** The chat as a Lambda function. {@code MOORING_DSN} says where connections are kept. */
public final class ChatHandler extends WebSocketLambda {

    /** For Lambda. */
    public ChatHandler() {
        this(Objects.requireNonNullElse(System.getenv("MOORING_DSN"), "sqlite://chat.db"));
    }

    ChatHandler(String dsn) {
        super(builder(Chat.app()).dsn(dsn));
    }
}
