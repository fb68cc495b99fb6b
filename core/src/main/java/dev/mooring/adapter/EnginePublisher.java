// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.PublishReport;
import dev.mooring.Publisher;
import dev.mooring.SendException;
import dev.mooring.backend.StoredConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Publishes through the engine's gateway. */
final class EnginePublisher implements Publisher {

    /** How many ids are read, and how many departures are collected, at a time. */
    private static final int PAGE = 1000;

    private final Engine engine;

    EnginePublisher(Engine engine) {
        this.engine = engine;
    }

    @Override
    public boolean send(String connectionId, String text) {
        boolean sent = engine.gateway.post(connectionId, engine.encode(text));
        if (!sent) {
            engine.departed(List.of(connectionId));
        }
        return sent;
    }

    @Override
    public PublishReport publish(String channel, String text, String... except) {
        return post(memberIds(channel), text, Set.of(except));
    }

    @Override
    public PublishReport broadcast(String text, String... except) {
        return post(new PagedIds(cursor -> engine.backend.connections(cursor, PAGE)), text, Set.of(except));
    }

    private PublishReport post(Iterator<String> ids, String text, Set<String> except) {
        byte[] message = engine.encode(text);
        long delivered = 0;
        long goneInAll = 0;
        List<String> gone = new ArrayList<>();
        Map<String, Long> failed = new HashMap<>();
        while (ids.hasNext()) {
            String id = ids.next();
            if (except.contains(id)) {
                continue;
            }
            try {
                if (engine.gateway.post(id, message)) {
                    delivered++;
                } else {
                    gone.add(id);
                    goneInAll++;
                }
            } catch (SendException e) {
                failed.merge(String.valueOf(e.getMessage()), 1L, Long::sum);
            }
            if (gone.size() == PAGE || !ids.hasNext()) {
                engine.departed(gone);
                gone.clear();
            }
        }
        return new PublishReport(delivered, goneInAll, failed);
    }

    @Override
    public boolean close(String connectionId) {
        boolean closed = engine.gateway.close(connectionId);
        if (!closed) {
            engine.departed(List.of(connectionId));
        }
        return closed;
    }

    @Override
    public Stream<String> members(String channel) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(memberIds(channel), Spliterator.NONNULL), false);
    }

    private Iterator<String> memberIds(String channel) {
        StoredConnection.requireName("channel name", channel);
        return new PagedIds(cursor -> engine.backend.members(channel, cursor, PAGE));
    }

    @Override
    public Optional<Map<String, String>> attributes(String connectionId) {
        return engine.backend
                .find(connectionId)
                .map(stored ->
                        Map.copyOf(ConnectionState.fromJson(stored.state()).attributes()));
    }
}
