// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import dev.mooring.CloseReason;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.messages.MessageSink;
import org.eclipse.jetty.websocket.core.messages.StringMessageSink;
import org.jspecify.annotations.Nullable;

/**
 * Hands what a client sends to the API. Reads ahead of the function by a few messages, so that pings and a close are
 * seen while it works, and by no more, so that a fast client cannot fill the memory.
 */
final class ClientSocket implements FrameHandler {

    private static final int READ_AHEAD = 16;
    private static final CloseReason BINARY =
            new CloseReason(CloseStatus.BAD_DATA, "Binary messages are not supported");

    private final WebSocketApi api;
    private final ClientConnection connection;
    private final AtomicInteger pending = new AtomicInteger();
    private volatile @Nullable CoreSession socket;
    private @Nullable MessageSink messages;

    ClientSocket(WebSocketApi api, ClientConnection connection) {
        this.api = api;
        this.connection = connection;
    }

    @Override
    public void onOpen(CoreSession session, Callback callback) {
        callback.succeeded();
        socket = session;
        messages = new StringMessageSink(
                session,
                arguments -> {
                    received((String) arguments[0]);
                    return arguments;
                },
                false);
        connection.outbox().open(session);
        session.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        switch (frame.getOpCode()) {
            case OpCode.TEXT, OpCode.CONTINUATION -> messages().accept(frame, callback);
            case OpCode.BINARY -> {
                callback.succeeded();
                api.close(connection, BINARY);
            }
            case OpCode.PING -> socket().sendFrame(pong(frame), Callback.from(callback, socket()::demand), false);
            case OpCode.CLOSE -> {
                api.closed(connection, reason(CloseStatus.getCloseStatus(frame)));
                callback.succeeded();
            }
            default -> {
                callback.succeeded();
                socket().demand();
            }
        }
    }

    private static Frame pong(Frame ping) {
        return new Frame(OpCode.PONG, BufferUtil.copy(ping.getPayload()));
    }

    private void received(String message) {
        boolean more = pending.incrementAndGet() < READ_AHEAD;
        Unexpected.report(api.receive(connection, message).thenRun(this::handled));
        if (more) {
            socket().demand();
        }
    }

    private void handled() {
        if (pending.getAndDecrement() == READ_AHEAD) {
            socket().demand();
        }
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        // a close with the code that fits follows
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        api.gone(connection, reason(status));
        callback.succeeded();
    }

    private static CloseReason reason(CloseStatus status) {
        return new CloseReason(
                status.getCode(),
                switch (status.getCode()) {
                    case CloseStatus.NO_CODE -> "Client-side close frame status not set";
                    case CloseStatus.NO_CLOSE -> "";
                    default -> Objects.requireNonNullElse(status.getReason(), "");
                });
    }

    private CoreSession socket() {
        return Objects.requireNonNull(socket, "Frames come after the socket is open");
    }

    private MessageSink messages() {
        return Objects.requireNonNull(messages, "Frames come after the socket is open");
    }
}
