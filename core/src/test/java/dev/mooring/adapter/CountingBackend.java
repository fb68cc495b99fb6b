// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Page;
import dev.mooring.backend.StoredConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Passes every call on to a real backend, and remembers their names. */
class CountingBackend implements Backend {

    private final Backend backend;
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    private String failing = "";
    private int timesUntilFailure;

    CountingBackend(Backend backend) {
        this.backend = backend;
    }

    /** The calls since this was asked last. */
    List<String> calls() {
        List<String> result = List.copyOf(calls);
        calls.clear();
        return result;
    }

    /** Lets one call of a name fail, after some that do not. */
    void failAfter(String name, int times) {
        failing = name;
        timesUntilFailure = times;
    }

    private void called(String name) {
        calls.add(name);
        if (name.equals(failing) && timesUntilFailure-- == 0) {
            throw new BackendException("memory://", name, "asked for by the test", null);
        }
    }

    @Override
    public StoredConnection save(StoredConnection connection) {
        called("save");
        return backend.save(connection);
    }

    @Override
    public Optional<StoredConnection> find(String id) {
        called("find");
        return backend.find(id);
    }

    @Override
    public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
        called("update");
        return backend.update(previous, next);
    }

    @Override
    public Optional<StoredConnection> delete(String id) {
        called("delete");
        return backend.delete(id);
    }

    @Override
    public Page<String> members(String channel, String cursor, int limit) {
        called("members");
        return backend.members(channel, cursor, limit);
    }

    @Override
    public Page<String> connections(String cursor, int limit) {
        called("connections");
        return backend.connections(cursor, limit);
    }

    @Override
    public void close() {
        backend.close();
    }
}
