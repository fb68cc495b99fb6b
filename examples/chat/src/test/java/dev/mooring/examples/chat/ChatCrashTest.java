// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ChatCrashTest {

    private static final int THREADS = 4;
    private static final int JOINED_BEFORE_THE_KILL = 100;

    @TempDir
    Path directory;

    @Test
    void aKilledProcessLosesNoConnectionItAcknowledgedAndTheNextOneGoesOn() throws Exception {
        Path file = directory.resolve("chat.db");
        Set<String> joined;
        try (GatewayProcess chat = GatewayProcess.chat("sqlite://" + file)) {
            joined = killDuringTraffic(chat);
        }
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + file);
                var check = database.createStatement().executeQuery("PRAGMA integrity_check")) {
            assertThat(check.getString(1)).isEqualTo("ok");
        }
        try (Backend store = Backends.open("sqlite://" + file)) {
            assertThat(joined).allSatisfy(nick -> {
                String id = store.members("nick:" + nick, null, 10).items().get(0);
                assertThat(store.find(id).orElseThrow().channels()).contains("room:lobby", "nick:" + nick);
            });
        }
        try (GatewayProcess chat = GatewayProcess.chat("sqlite://" + file)) {
            assertThatTheDeadAreFoundGone(ChatClient.connect(chat.uri()).join("lobby", "survivor"));
        }
    }

    private static Set<String> killDuringTraffic(GatewayProcess chat) throws InterruptedException {
        Set<String> joined = ConcurrentHashMap.newKeySet();
        ExecutorService traffic = Executors.newFixedThreadPool(THREADS);
        for (int thread = 0; thread < THREADS; thread++) {
            String prefix = "t" + thread + "-";
            traffic.execute(() -> joinUntilKilled(chat, prefix, joined));
        }
        while (joined.size() < JOINED_BEFORE_THE_KILL) {
            Thread.sleep(10);
        }
        chat.kill();
        Set<String> acknowledged = Set.copyOf(joined);
        traffic.shutdownNow();
        assertThat(traffic.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
        return acknowledged;
    }

    private static void joinUntilKilled(GatewayProcess chat, String prefix, Set<String> joined) {
        try {
            for (int i = 0; ; i++) {
                ChatClient.connect(chat.uri()).join("lobby", prefix + i);
                joined.add(prefix + i);
            }
        } catch (RuntimeException e) {
            // the kill ends it
        }
    }

    private static void assertThatTheDeadAreFoundGone(ChatClient survivor) throws InterruptedException {
        String alone = "{\"type\":\"who\",\"room\":\"lobby\",\"nicks\":[\"survivor\"]}";
        String last = "";
        while (!last.equals(alone)) {
            Thread.sleep(200);
            survivor.send("say", "room", "lobby", "text", "is anybody there?");
            survivor.send("who", "room", "lobby");
            do {
                last = survivor.receive();
            } while (!last.contains("\"type\":\"who\""));
        }
    }
}
