// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.Job;
import dev.mooring.PublishReport;
import dev.mooring.Publisher;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The publisher within an event: stores what the event changed so far before anybody hears of it. */
final class EventPublisher implements Publisher {

    private final EventConnection connection;
    private final Publisher publisher;

    EventPublisher(EventConnection connection, Publisher publisher) {
        this.connection = connection;
        this.publisher = publisher;
    }

    @Override
    public boolean send(String connectionId, String text) {
        connection.requireEstablished(connectionId);
        connection.flush();
        return publisher.send(connectionId, text);
    }

    @Override
    public PublishReport publish(String channel, String text, String... except) {
        connection.flush();
        return publisher.publish(channel, text, except);
    }

    @Override
    public PublishReport broadcast(String text, String... except) {
        connection.flush();
        return publisher.broadcast(text, except);
    }

    @Override
    public PublishReport run(Job job) {
        connection.flush();
        return publisher.run(job);
    }

    @Override
    public boolean close(String connectionId) {
        connection.requireEstablished(connectionId);
        return publisher.close(connectionId);
    }

    @Override
    public Stream<String> members(String channel) {
        connection.flush();
        return publisher.members(channel);
    }

    @Override
    public Optional<Map<String, String>> attributes(String connectionId) {
        connection.flush();
        return publisher.attributes(connectionId);
    }
}
