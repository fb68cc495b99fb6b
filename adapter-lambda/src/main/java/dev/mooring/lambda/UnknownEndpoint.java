// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.adapter.Gateway;

/** For events that do not say where their clients are reached: it matters only where something is to be sent to one. */
final class UnknownEndpoint implements Gateway {

    @Override
    public int maxMessageBytes() {
        return ManagementApi.MAX_MESSAGE_BYTES;
    }

    @Override
    public boolean post(String connectionId, byte[] message) {
        throw unknown();
    }

    @Override
    public boolean close(String connectionId) {
        throw unknown();
    }

    private IllegalStateException unknown() {
        return new IllegalStateException(
                "Nothing was sent: the event's domainName is no execute-api host, and the event"
                        + " does not say where the connection API is. On a custom domain, set MOORING_ENDPOINT to"
                        + " https://<domain>[/<mapping key>], without the stage.");
    }
}
