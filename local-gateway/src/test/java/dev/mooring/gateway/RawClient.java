// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A WebSocket client that does what no library would: sends any frame, does not read, dies. */
final class RawClient implements AutoCloseable {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    /** A frame as received. */
    record Frame(int opCode, boolean last, ByteBuffer payload) {

        String text() {
            return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
        }

        int closeCode() {
            return payload.getShort(0) & 0xffff;
        }
    }

    /** The header lines that ask for a WebSocket. */
    static final List<String> HANDSHAKE = List.of(
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;
    private final DataInputStream input;
    private final String status;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        input = new DataInputStream(socket.getInputStream());
        status = readLine();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
        }
    }

    /** A GET with these header lines. */
    static String get(URI uri, List<String> headers) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return "GET " + uri.getRawPath() + query + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\n"
                + String.join("\r\n", headers) + "\r\n\r\n";
    }

    /** Sends a request as it stands, and reads the answer's head. */
    static RawClient request(URI uri, String request) throws IOException {
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return new RawClient(socket);
    }

    /** Connects, with more header lines if given. */
    static RawClient connect(URI uri, String... more) throws IOException {
        List<String> headers = new ArrayList<>(HANDSHAKE);
        headers.addAll(List.of(more));
        return request(uri, get(uri, headers));
    }

    int status() {
        return Integer.parseInt(status.substring(9, 12));
    }

    Map<String, String> headers() {
        return headers;
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = input.readUnsignedByte(); c != '\n'; c = input.readUnsignedByte()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    RawClient send(int opCode, boolean last, byte[] payload) throws IOException {
        OutputStream output = socket.getOutputStream();
        output.write(frame(opCode, last, payload));
        output.flush();
        return this;
    }

    RawClient send(String text) throws IOException {
        return send(TEXT, true, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Masked with zeros: the payload stays as it is. */
    static byte[] frame(int opCode, boolean last, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) ((last ? 0x80 : 0) | opCode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    Frame receive() throws IOException {
        int first = input.readUnsignedByte();
        int length = input.readUnsignedByte();
        if (length == 126) {
            length = input.readUnsignedShort();
        } else if (length == 127) {
            length = (int) input.readLong();
        }
        return new Frame(first & 0xf, (first & 0x80) != 0, ByteBuffer.wrap(input.readNBytes(length)));
    }

    /** Whether the server has ended the connection, and sent nothing more before. */
    boolean isAtEnd() throws IOException {
        return input.read() < 0;
    }

    /** Dies without a word: the connection is reset. */
    void die() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
