// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import dev.mooring.CloseReason;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * What a client is still to receive, in order and bounded: a client that does not read costs memory up to a limit, and
 * nobody's time. Takes messages as soon as the client is let in, though its socket opens a moment later. Thread-safe;
 * nothing here blocks.
 */
final class Outbox {

    private final AtomicInteger unread = new AtomicInteger();
    private final Queue<byte[]> early = new ArrayDeque<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private @Nullable CloseReason closing;
    private @Nullable CoreSession socket;

    synchronized void open(CoreSession opened) {
        socket = opened;
        early.forEach(message -> send(opened, message));
        early.clear();
        if (closing != null) {
            var unused = close(closing);
        }
    }

    /** Sends a text in UTF-8, unless too much is unread already. */
    synchronized boolean offer(byte[] message) {
        if (unread.get() + message.length > Limits.UNREAD) {
            return false;
        }
        unread.addAndGet(message.length);
        if (socket == null) {
            early.add(message);
        } else {
            send(socket, message);
        }
        return true;
    }

    /** Closes the socket when everything before has been sent; the result is done then, and does not fail. */
    synchronized CompletableFuture<Void> close(CloseReason reason) {
        closing = reason;
        if (socket != null) {
            socket.close(reason.code(), reason.text(), Callback.from(() -> closed.complete(null)));
        }
        return closed;
    }

    /** Ends the socket without a farewell. */
    synchronized void abort() {
        if (socket != null) {
            socket.abort();
        }
    }

    /** There is no socket any more, or never was one. */
    void gone() {
        closed.complete(null);
    }

    /** In as many frames as it takes. */
    private void send(CoreSession socket, byte[] message) {
        byte opCode = OpCode.TEXT;
        int start = 0;
        do {
            int length = Math.min(Limits.FRAME, message.length - start);
            boolean last = start + length == message.length;
            socket.sendFrame(new Frame(opCode, last, ByteBuffer.wrap(message, start, length)), sent(length), false);
            start += length;
            opCode = OpCode.CONTINUATION;
        } while (start < message.length);
    }

    private Callback sent(int length) {
        return Callback.from(() -> unread.addAndGet(-length));
    }
}
