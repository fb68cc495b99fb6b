// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on a free port of this machine that misbehaves on demand: slow, hanging, refusing, or cutting a reply
 * short. It passes everything on until told otherwise, and again after {@link #heal}. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    private final String host;
    private volatile int port;
    private final ServerSocket listener;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Weather weather = new Weather();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile boolean refusing;

    private FaultProxy(String host, int port, ServerSocket listener) {
        this.host = host;
        this.port = port;
        this.listener = listener;
    }

    /**
     * Starts a proxy to a server, which need not be there yet.
     *
     * @param host the server's host
     * @param port the server's port
     * @return the proxy, which the caller closes
     */
    public static FaultProxy to(String host, int port) {
        try {
            FaultProxy proxy = new FaultProxy(host, port, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            ProxyThread.start("accept", proxy::acceptAll);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start the proxy", e);
        }
    }

    /**
     * Where the proxy listens.
     *
     * @return a port of this machine
     */
    public int port() {
        return listener.getLocalPort();
    }

    /**
     * How often a client has connected.
     *
     * @return the number of connections so far, those that have ended included
     */
    public int accepted() {
        return accepted.get();
    }

    /**
     * Leads new connections to another server; those that are open stay where they are, as after a change in the DNS.
     *
     * @param other the other server's port, on the same host
     */
    public void redirect(int other) {
        port = other;
    }

    /**
     * Holds back what is passed on, on open connections too.
     *
     * @param eachWay how long, per direction and read; zero for not at all
     */
    public void delay(Duration eachWay) {
        weather.delay(eachWay);
    }

    /** Accepts connections and passes nothing on, on open connections neither, as a server that hangs. */
    public void stall() {
        weather.stall();
    }

    /** Resets the open connections, and new ones at once. */
    public void refuse() {
        refusing = true;
        connections.forEach(ProxiedConnection::reset);
    }

    /**
     * Ends each connection that is open now once it has passed on so much more of the server's replies: the request has
     * arrived, and the client does not learn what came of it.
     *
     * @param bytes how many bytes of reply still arrive, 0 or more
     */
    public void cutReplyAfter(int bytes) {
        connections.forEach(connection -> connection.cutReplyAfter(bytes));
    }

    /** Passes everything on again; what was held back arrives now. Connections that were cut or reset stay so. */
    public void heal() {
        refusing = false;
        connections.forEach(connection -> connection.cutReplyAfter(Long.MAX_VALUE));
        weather.clear();
    }

    /** Resets all connections and stops listening. Closing twice is fine. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        refuse();
        weather.clear();
    }

    private void acceptAll() throws IOException {
        while (true) {
            Socket client = listener.accept();
            accepted.incrementAndGet();
            ProxiedConnection connection = new ProxiedConnection(client, weather, connections::remove);
            // Known before refusing is looked at, or refuse() could miss it.
            connections.add(connection);
            if (refusing) {
                connection.reset();
            } else {
                connection.start(host, port);
            }
        }
    }
}
