// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.chat;

import dev.mooring.gateway.LocalGateway;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The chat as its users see it: on the local gateway, by the handler, in SQLite, with real clients. */
@Timeout(120)
class ChatTest {

    static final String[] ROUTES = {"$connect", "$default", "$disconnect", "join", "say", "whisper", "who", "leave"};

    @TempDir
    Path directory;

    private ChatHandler handler;
    private LocalGateway gateway;

    @BeforeEach
    void start() throws IOException {
        handler = new ChatHandler("sqlite://" + directory.resolve("chat.db"));
        gateway = LocalGateway.builder(handler).port(0).routes(ROUTES).start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        handler.close();
    }

    private ChatClient client() {
        return ChatClient.connect(gateway.uri());
    }

    @Test
    void everyoneInTheRoomHearsWhoJoinsAndWhatIsSaid() {
        ChatClient ann = client().join("lobby", "ann");
        ChatClient bob = client().join("lobby", "bob");
        ann.assertReceives("{\"type\":\"joined\",\"room\":\"lobby\",\"nick\":\"bob\"}");
        ann.send("say", "room", "lobby", "text", "hi \"bob\" 😀");
        String said = "{\"type\":\"said\",\"room\":\"lobby\",\"from\":\"ann\",\"text\":\"hi \\\"bob\\\" 😀\"}";
        ann.assertReceives(said);
        bob.assertReceives(said);
    }

    @Test
    void roomsDoNotHearOneAnother() {
        ChatClient ann = client().join("lobby", "ann");
        ChatClient bob = client().join("kitchen", "bob");
        ann.send("say", "room", "lobby", "text", "hi");
        ann.assertReceives("{\"type\":\"said\",\"room\":\"lobby\",\"from\":\"ann\",\"text\":\"hi\"}");
        bob.assertReceivedNothing();
    }

    @Test
    void aWhisperReachesOnePersonOnAllDevices() {
        ChatClient ann = client().join("lobby", "ann");
        ChatClient phone = client().join("kitchen", "bob");
        ChatClient laptop = client().join("attic", "bob");
        ann.send("whisper", "to", "bob", "text", "psst");
        phone.assertReceives("{\"type\":\"whispered\",\"from\":\"ann\",\"text\":\"psst\"}");
        laptop.assertReceives("{\"type\":\"whispered\",\"from\":\"ann\",\"text\":\"psst\"}");
        ann.send("whisper", "to", "nobody", "text", "psst");
        ann.assertReceives("{\"type\":\"error\",\"message\":\"Nobody here is called nobody.\"}");
    }

    @Test
    void whoIsInTheRoomCanBeAsked() {
        ChatClient bob = client().join("lobby", "bob");
        client().join("lobby", "ann");
        bob.assertReceives("{\"type\":\"joined\",\"room\":\"lobby\",\"nick\":\"ann\"}");
        bob.send("who", "room", "lobby");
        bob.assertReceives("{\"type\":\"who\",\"room\":\"lobby\",\"nicks\":[\"ann\",\"bob\"]}");
        bob.send("who", "room", "empty");
        bob.assertReceives("{\"type\":\"who\",\"room\":\"empty\",\"nicks\":[]}");
    }

    @Test
    void whoLeavesIsHeardByAllAndHearsNoMore() {
        ChatClient ann = client().join("lobby", "ann");
        ChatClient bob = client().join("lobby", "bob");
        ann.receive();
        bob.send("leave", "room", "lobby");
        ann.assertReceives("{\"type\":\"left\",\"room\":\"lobby\",\"nick\":\"bob\"}");
        bob.assertReceives("{\"type\":\"left\",\"room\":\"lobby\",\"nick\":\"bob\"}");
        bob.send("say", "room", "lobby", "text", "hi");
        bob.assertReceives("{\"type\":\"error\",\"message\":\"You are not in the room lobby.\"}");
        bob.join("lobby", "robert");
    }

    @Test
    void whoClosesOrDiesHasLeft() {
        ChatClient ann = client().join("lobby", "ann");
        ChatClient bob = client().join("lobby", "bob");
        ChatClient cid = client().join("lobby", "cid");
        ann.receive();
        ann.receive();
        bob.close();
        ann.assertReceives("{\"type\":\"left\",\"room\":\"lobby\",\"nick\":\"bob\"}");
        cid.die();
        ann.assertReceives("{\"type\":\"left\",\"room\":\"lobby\",\"nick\":\"cid\"}");
    }

    @Test
    void whatIsWrongIsToldToTheSenderOnly() {
        ChatClient ann = client().join("lobby", "ann");
        ChatClient bob = client().join("lobby", "bob");
        ann.receive();
        error(bob, "garbage", "A message must be a JSON object.");
        error(bob, "", "A message must be a JSON object.");
        error(bob, "[]", "A message must be a JSON object.");
        error(bob, "{}", "Unknown action; known are join, say, whisper, who and leave.");
        error(bob, "{\"action\":\"$disconnect\"}", "Unknown action; known are join, say, whisper, who and leave.");
        error(bob, "{\"action\":\"say\",\"text\":\"hi\"}", "'room' must be a text of 1 to 64 characters.");
        error(bob, "{\"action\":\"join\",\"room\":\"x\",\"nick\":7}", "'nick' must be a text of 1 to 64 characters.");
        String noName = " must not contain control characters or unpaired surrogates.";
        error(bob, "{\"action\":\"join\",\"room\":\"a\\u0000b\",\"nick\":\"bob\"}", "'room'" + noName);
        error(bob, "{\"action\":\"join\",\"room\":\"x\",\"nick\":\"a\\nb\"}", "'nick'" + noName);
        error(bob, "{\"action\":\"whisper\",\"to\":\"\\ud83d\",\"text\":\"psst\"}", "'to'" + noName);
        error(
                bob,
                "{\"action\":\"join\",\"room\":\"x\",\"nick\":\"other\"}",
                "You are bob; leave all rooms to change your name.");
        error(client(), "{\"action\":\"whisper\",\"to\":\"ann\",\"text\":\"x\"}", "Join a room first.");
        ann.assertReceivedNothing();
    }

    @Test
    void roomsAreLimitedToFiftyAtATime() {
        ChatClient ann = client().join("lobby", "ann");
        for (int room = 1; room < 50; room++) {
            ann.join("room " + room, "ann");
        }
        error(
                ann,
                "{\"action\":\"join\",\"room\":\"one too many\",\"nick\":\"ann\"}",
                "You are in 50 rooms; leave one to join another.");
        ann.join("lobby", "ann");
        ann.send("leave", "room", "lobby");
        ann.receive();
        ann.join("one more 😀", "ann");
    }

    private static void error(ChatClient client, String message, String error) {
        client.sendText(message);
        client.assertReceives("{\"type\":\"error\",\"message\":\"" + error + "\"}");
    }
}
