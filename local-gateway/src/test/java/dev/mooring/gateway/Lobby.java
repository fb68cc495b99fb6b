// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import dev.mooring.Acceptance;
import dev.mooring.CloseReason;
import dev.mooring.Connection;
import dev.mooring.Message;
import dev.mooring.PublishReport;
import dev.mooring.WebSocketApp;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An app with one room: what one says, all hear. Clients are known by their number. */
final class Lobby implements WebSocketApp {

    static final String CHANNEL = "lobby";

    /** Connection ids by number. */
    final Map<String, String> ids = new ConcurrentHashMap<>();

    /** Whose {@code onDisconnect} ran, as often as it did. */
    final List<String> left = new CopyOnWriteArrayList<>();

    private final BlockingQueue<PublishReport> reports = new LinkedBlockingQueue<>();

    @Override
    public Acceptance onConnect(Connection connection) {
        String n = connection.handshake().query("n").orElseThrow();
        ids.put(n, connection.id());
        connection.attributes().put("n", n);
        connection.subscribe(CHANNEL);
        return Acceptance.accept();
    }

    @Override
    public void onMessage(Connection connection, Message message) {
        reports.add(connection.publisher().publish(CHANNEL, message.text()));
    }

    @Override
    public void onDisconnect(Connection connection, CloseReason reason) {
        left.add(connection.attributes().get("n"));
    }

    /** What came of the next thing that somebody said. */
    PublishReport report() throws InterruptedException {
        PublishReport report = reports.poll(60, TimeUnit.SECONDS);
        if (report == null) {
            throw new AssertionError("Nothing was published.");
        }
        return report;
    }
}
