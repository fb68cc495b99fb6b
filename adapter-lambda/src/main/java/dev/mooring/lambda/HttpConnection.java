// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A connection to a server: one request after the other. For one thread at a time. */
final class HttpConnection implements Closeable {

    private final SocketChannel channel;
    private final Socket socket;
    private final InputStream input;
    private boolean reusable;

    private HttpConnection(SocketChannel channel, Socket socket) throws IOException {
        this.channel = channel;
        this.socket = socket;
        input = new BufferedInputStream(socket.getInputStream(), 1024);
    }

    /** Connects, and over https makes sure of whom to. */
    static HttpConnection open(Endpoint endpoint, int connectMillis, Watchdog.Call watched) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            watched.waitsFor(channel);
            Socket socket = channel.socket();
            socket.setTcpNoDelay(true);
            InetAddress address = AddressLookup.of(endpoint.hostName(), connectMillis);
            socket.connect(new InetSocketAddress(address, endpoint.port()), connectMillis);
            return new HttpConnection(channel, endpoint.scheme().equals("https") ? secure(socket, endpoint) : socket);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Socket secure(Socket socket, Endpoint endpoint) throws IOException {
        try {
            SSLSocket secure = (SSLSocket) SSLContext.getDefault()
                    .getSocketFactory()
                    .createSocket(socket, endpoint.hostName(), endpoint.port(), true);
            SSLParameters parameters = secure.getSSLParameters();
            // without this, any trusted certificate would do, whoever's it is
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return secure;
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("This JVM has no TLS.", e);
        }
    }

    HttpAnswer call(byte[] request) throws IOException {
        reusable = false;
        socket.getOutputStream().write(request);
        HttpAnswerReader reader = new HttpAnswerReader(input);
        HttpAnswer answer = reader.read();
        reusable = reader.isAtEnd() && isDrained();
        return answer;
    }

    private boolean isDrained() {
        try {
            return input.available() == 0;
        } catch (IOException e) {
            // the answer is known, whatever became of the connection
            return false;
        }
    }

    /** Whether the last answer was complete and left the connection open. */
    boolean isReusable() {
        return reusable;
    }

    /** Whether the server has neither closed an idle connection nor said anything on it. Does not wait. */
    boolean isQuiet() {
        try {
            channel.configureBlocking(false);
            boolean quiet = channel.read(ByteBuffer.allocate(1)) == 0;
            channel.configureBlocking(true);
            return quiet;
        } catch (IOException e) {
            return false;
        }
    }

    /** Closes the channel, whatever it is being used for. TLS would say goodbye first, and wait for a peer that stalls. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is given up, whatever state it is in
        }
    }
}
