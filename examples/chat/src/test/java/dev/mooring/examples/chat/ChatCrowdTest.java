// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.gateway.LocalGateway;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ChatCrowdTest {

    private static final int ROOMS = 100;
    private static final int PER_ROOM = 10;

    @TempDir
    Path directory;

    @Test
    void aThousandClientsConnectTalkAndLeaveWithoutATrace() throws Exception {
        String dsn = "sqlite://" + directory.resolve("chat.db");
        ExecutorService rooms = Executors.newFixedThreadPool(16);
        try (ChatHandler handler = new ChatHandler(dsn);
                LocalGateway gateway = LocalGateway.builder(handler)
                        .port(0)
                        .routes(ChatTest.ROUTES)
                        .start();
                Backend store = Backends.open(dsn)) {
            List<List<ChatClient>> crowd = inParallel(rooms, room -> IntStream.range(0, PER_ROOM)
                    .mapToObj(i -> ChatClient.connect(gateway.uri()).join("room" + room, "nick" + room + "-" + i))
                    .toList());
            assertThat(store.connections(null, 2000).items()).hasSize(ROOMS * PER_ROOM);

            inParallel(rooms, room -> {
                talk(crowd.get(room), "room" + room);
                return room;
            });
            inParallel(rooms, room -> {
                leave(crowd.get(room));
                return room;
            });
            while (!store.connections(null, 1).items().isEmpty()) {
                Thread.sleep(50);
            }
            assertThat(rows("mooring_channels")).isZero();
            assertThat(rows("mooring_connections")).isZero();
        } finally {
            rooms.shutdownNow();
        }
    }

    /** The rows themselves: a backend's {@code members} leaves out what has no record. */
    private int rows(String table) throws SQLException {
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("chat.db"));
                var count = database.createStatement().executeQuery("SELECT count(*) FROM " + table)) {
            return count.getInt(1);
        }
    }

    private static void talk(List<ChatClient> room, String name) {
        for (ChatClient client : room) {
            client.send("say", "room", name, "text", "hi");
        }
        for (ChatClient client : room) {
            for (int said = 0; said < PER_ROOM; ) {
                if (client.receive().startsWith("{\"type\":\"said\"")) {
                    said++;
                }
            }
        }
    }

    /** Half of them politely. */
    private static void leave(List<ChatClient> room) {
        for (int i = 0; i < room.size(); i++) {
            if (i % 2 == 0) {
                room.get(i).close();
            } else {
                room.get(i).die();
            }
        }
    }

    private interface PerRoom<T> {
        T apply(int room) throws Exception;
    }

    private static <T> List<T> inParallel(ExecutorService threads, PerRoom<T> action) throws Exception {
        List<Callable<T>> actions = IntStream.range(0, ROOMS)
                .<Callable<T>>mapToObj(room -> () -> action.apply(room))
                .toList();
        List<T> results = new ArrayList<>();
        for (Future<T> result : threads.invokeAll(actions)) {
            results.add(result.get());
        }
        return results;
    }
}
