// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.time.Duration;

/** API Gateway's limits for WebSocket APIs. None of them can be raised there. */
final class Limits {

    /** A message, in either direction, in bytes. */
    static final int MESSAGE = 128 * 1024;

    /** A frame, in either direction, in bytes. */
    static final int FRAME = 32 * 1024;

    /** What an authorizer answers, in bytes. */
    static final int AUTHORIZATION = 8 * 1024;

    /** What waits for a client that does not read, in bytes. AWS does not say how much it buffers. */
    static final int UNREAD = 1024 * 1024;

    /** How long a client is kept that neither sends nor receives a message. */
    static final Duration IDLE = Duration.ofMinutes(10);

    /** How long a client is kept. */
    static final Duration CONNECTION = Duration.ofHours(2);

    /** How long the gateway waits for the function's answer. */
    static final Duration INTEGRATION = Duration.ofSeconds(29);

    private Limits() {}
}
