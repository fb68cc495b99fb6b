// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.function;

import dev.mooring.lambda.WebSocketLambda;

/** The lobby as a Lambda function. {@code MOORING_DSN} says where connections are kept. */
public final class LobbyHandler extends WebSocketLambda {

    /** For Lambda. */
    public LobbyHandler() {
        super(new Lobby());
    }
}
