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
final class CountingBackend implements Backend {

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

    @Override
    public StoredConnection save(StoredConnection connection) {
        calls.add("save");
        return backend.save(connection);
    }

    @Override
    public Optional<StoredConnection> find(String id) {
        calls.add("find");
        return backend.find(id);
    }

    @Override
    public Optional<StoredConnection> update(StoredConnection previous, StoredConnection next) {
        calls.add("update");
        return backend.update(previous, next);
    }

    @Override
    public Optional<StoredConnection> delete(String id) {
        calls.add("delete");
        return backend.delete(id);
    }

    /** Lets calls of a name fail after some of them. */
    void failAfter(String name, int times) {
        failing = name;
        timesUntilFailure = times;
    }

    private void failIfAsked(String name) {
        if (name.equals(failing) && timesUntilFailure-- <= 0) {
            throw new BackendException("memory://", name, "asked for by the test", null);
        }
    }

    @Override
    public Page<String> members(String channel, String cursor, int limit) {
        calls.add("members");
        failIfAsked("members");
        return backend.members(channel, cursor, limit);
    }

    @Override
    public Page<String> connections(String cursor, int limit) {
        calls.add("connections");
        return backend.connections(cursor, limit);
    }

    @Override
    public void close() {
        backend.close();
    }
}
