// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A WebSocket client that costs a socket and a small buffer. It answers nothing by itself, not even a ping. */
final class CrowdMember {

    private static final String END_OF_HEAD = "\r\n\r\n";

    final List<String> received = new CopyOnWriteArrayList<>();
    final SocketChannel channel;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private ByteBuffer input = ByteBuffer.allocate(512);

    /** Connects, and waits until it is let in. */
    CrowdMember(URI uri) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress(uri.getHost(), uri.getPort()));
        String request = RawClient.get(uri, RawClient.HANDSHAKE);
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        readHead();
        channel.configureBlocking(false);
    }

    private void readHead() throws IOException {
        String head = "";
        while (!head.endsWith(END_OF_HEAD)) {
            fill();
            head = new String(input.array(), 0, input.position(), StandardCharsets.US_ASCII);
        }
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException("Not let in: " + head);
        }
        input.clear();
    }

    private int fill() throws IOException {
        if (!input.hasRemaining()) {
            input = ByteBuffer.allocate(input.capacity() * 2).put(input.flip());
        }
        int read = channel.read(input);
        if (read < 0) {
            throw new EOFException("The server has closed the connection.");
        }
        return read;
    }

    /** Takes what has come. */
    void read() throws IOException {
        while (fill() > 0) {
            input.flip();
            while (takeFrame()) {
                // and the next
            }
            input.compact();
        }
    }

    /** Takes a frame from the input, if all of it has come. The server does not mask. */
    private boolean takeFrame() {
        ByteBuffer frame = input.slice();
        if (frame.remaining() < 4) {
            return false;
        }
        int first = frame.get();
        int length = frame.get();
        if (length == 126) {
            length = frame.getShort() & 0xffff;
        }
        if (frame.remaining() < length) {
            return false;
        }
        byte[] payload = new byte[length];
        frame.get(payload);
        input.position(input.position() + frame.position());
        take(first & 0xf, first < 0, payload);
        return true;
    }

    private void take(int opCode, boolean last, byte[] payload) {
        if (opCode > RawClient.TEXT) {
            return;
        }
        message.writeBytes(payload);
        if (last) {
            received.add(message.toString(StandardCharsets.UTF_8));
            message.reset();
        }
    }

    void send(String text) throws IOException {
        ByteBuffer frame =
                ByteBuffer.wrap(RawClient.frame(RawClient.TEXT, true, text.getBytes(StandardCharsets.UTF_8)));
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    /** Dies without a word: the connection is reset. */
    void die() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }
}
