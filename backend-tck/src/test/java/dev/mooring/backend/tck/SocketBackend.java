// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Page;
import dev.mooring.backend.StoredConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A backend onto a server that never works: each call connects, waits for an answer and fails. */
class SocketBackend implements Backend {

    final InetSocketAddress server;
    final int timeoutMillis;

    SocketBackend(String host, int port, Duration timeout) {
        this.server = new InetSocketAddress(host, port);
        this.timeoutMillis = (int) timeout.toMillis();
    }

    /** What is thrown when the store fails. */
    RuntimeException failure(String operation, IOException cause) {
        return new BackendException("socket://" + server, operation, "no answer; is the server up?", cause);
    }

    private RuntimeException ask(String operation) {
        try (Socket socket = new Socket()) {
            socket.connect(server, timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            throw new IllegalStateException(
                    "the server said " + socket.getInputStream().read());
        } catch (IOException e) {
            return failure(operation, e);
        }
    }

    @Override
    public StoredConnection save(StoredConnection connection) {
        throw ask("save");
    }

    @Override
    public Optional<StoredConnection> find(String id) {
        throw ask("find");
    }

    @Override
    public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
        throw ask("update");
    }

    @Override
    public Optional<StoredConnection> delete(String id) {
        throw ask("delete");
    }

    @Override
    public Page<String> members(String channel, @Nullable String cursor, int limit) {
        throw ask("members");
    }

    @Override
    public Page<String> connections(@Nullable String cursor, int limit) {
        throw ask("connections");
    }

    @Override
    public void close() {}
}
