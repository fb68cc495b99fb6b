// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import java.time.Duration;

/**
 * Hears what an engine does, to count it. Called in the thread that does it, so it should be quick; it must not throw.
 * Thread-safe.
 */
public interface EngineListener {

    /** A client was accepted and stored. */
    default void connected() {}

    /** A connection closed and the app was told. */
    default void disconnected() {}

    /** A client sent a message. */
    default void received() {}

    /** A message was handed to a client. */
    default void sent() {}

    /** A client turned out to be gone when something was to be sent to it. */
    default void gone() {}

    /** A message was not sent, for good. */
    default void failed() {}

    /**
     * A call on the backend ended, well or not.
     *
     * @param operation {@code save}, {@code find}, {@code update}, {@code delete}, {@code members}, {@code connections} or
     *     {@code purgeExpired}
     * @param duration how long it took
     */
    default void backendCall(String operation, Duration duration) {}
}
