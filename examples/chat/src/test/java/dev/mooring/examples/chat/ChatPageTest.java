// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import dev.mooring.gateway.LocalGateway;
import dev.mooring.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page as its users see it, in a browser without a screen. */
@Timeout(300)
class ChatPageTest {

    private final ChatHandler handler = new ChatHandler("memory://");
    private final List<String> handled = Collections.synchronizedList(new ArrayList<>());
    private final List<ChatPage> pages = new ArrayList<>();
    private volatile boolean away;
    private LocalGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = LocalGateway.builder(this::handle)
                .port(0)
                .routes(ChatTest.ROUTES)
                .staticFiles(Path.of("web"))
                .start();
    }

    private void handle(InputStream input, OutputStream output, Context context) throws IOException {
        byte[] event = input.readAllBytes();
        String route = routeKey(event);
        if (away && route.equals("$connect")) {
            output.write("{\"statusCode\":503}".getBytes(StandardCharsets.UTF_8));
        } else {
            handler.handleRequest(new ByteArrayInputStream(event), output, context);
            handled.add(route);
        }
    }

    private static String routeKey(byte[] event) {
        Map<?, ?> json = (Map<?, ?>) Json.parse(new String(event, StandardCharsets.UTF_8));
        return String.valueOf(((Map<?, ?>) json.get("requestContext")).get("routeKey"));
    }

    @AfterEach
    void stop() {
        pages.forEach(ChatPage::close);
        gateway.close();
        handler.close();
    }

    private ChatPage page() throws IOException {
        ChatPage page = ChatPage.open(gateway.endpoint().resolve("/"));
        pages.add(page);
        return page;
    }

    private ChatPage joined(String nick) throws Exception {
        ChatPage page = page().join(nick);
        page.awaitLog(nick + " joined");
        return page;
    }

    private void disconnect(ChatPage page) throws Exception {
        away = true;
        page.run("socket.close()");
        page.awaitStatus("reconnecting …");
        ChatPage.await(() -> count("$disconnect"), 1);
    }

    private int count(String route) {
        return Collections.frequency(handled, route);
    }

    @Test
    void twoPagesTalk() throws Exception {
        ChatPage ann = joined("ann");
        ChatPage bob = joined("bob");
        bob.awaitNicks("ann, bob");
        ann.awaitNicks("ann, bob");

        bob.say("hi");
        bob.leave();

        ann.awaitLog("ann joined", "bob joined", "bobhi", "bob left");
        ann.awaitNicks("ann");
        bob.awaitStatus("offline");
    }

    @Test
    void aWhisperIsToThePersonOfThatNameEvenIfItHasSpaces() throws Exception {
        ChatPage ann = joined("ann");
        ChatPage lee = joined("bob lee");
        ChatPage bob = joined("bob");
        ann.awaitNicks("ann, bob, bob lee");

        ann.say("/w bob lee psst").say("/W bob psst");

        lee.awaitLog("bob lee joined", "bob joined", "ann whisperspsst");
        bob.awaitLog("bob joined", "ann whisperspsst");
        ann.awaitLog("ann joined", "bob lee joined", "bob joined", "to bob lee: psst", "to bob: psst");
    }

    @Test
    void whatMayBeMeantAsAWhisperIsNotSaidToAll() throws Exception {
        ChatPage ann = joined("ann");

        ann.say("/w bob");
        assertThat(ann.typed()).isEqualTo("/w bob");
        ann.say("/whisper bob psst");
        ann.say("done");

        String error = "Not sent: what begins with / is a whisper, /w name text.";
        ann.awaitLog("ann joined", error, error, "anndone");
        assertThat(ann.typed()).isEmpty();
    }

    @Test
    void spacesAreNoName() throws Exception {
        ChatPage page = page().join("  ");

        assertThat(page.isInRoom()).isFalse();
    }

    @Test
    void thePageComesBackWhenTheServerDoesAndKeepsWhatCouldNotBeSent() throws Exception {
        ChatPage ann = joined("ann");
        disconnect(ann);

        ann.say("hi");
        assertThat(ann.typed()).isEqualTo("hi");
        ann.say("/w bob psst");
        assertThat(ann.typed()).isEqualTo("/w bob psst");
        away = false;

        ann.awaitStatus("online");
        String error = "Not connected: not sent.";
        ann.awaitLog("ann joined", error, error, "ann joined");
    }

    @Test
    void leavingAndJoiningAgainKeepsOneConnection() throws Exception {
        ChatPage ann = joined("ann");
        ann.run("window.first = socket");

        ann.leave().join("ann");
        ann.awaitStatus("online");

        ChatPage.await(() -> ann.run("window.first.readyState === WebSocket.CLOSED"), "true");
        ann.awaitTimers();
        ChatPage.await(() -> count("$disconnect"), 1);
        ann.say("hi");
        ChatPage.await(() -> ann.log().contains("annhi"), true);
        assertThat(ann.log()).containsOnlyOnce("ann joined", "annhi");
        assertThat(count("$connect")).isEqualTo(2);
    }

    @Test
    void leavingAndJoiningAgainWhileTheServerIsAwayMakesOneConnection() throws Exception {
        ChatPage ann = joined("ann");
        disconnect(ann);

        ann.leave().join("ann");
        away = false;

        ann.awaitStatus("online");
        ann.awaitTimers();
        ann.say("hi").awaitLog("ann joined", "annhi");
        assertThat(count("$connect")).isEqualTo(2);
    }

    @Test
    void whereManyLeaveThePageAsksOnceWhoIsThere() throws Exception {
        ChatPage ann = joined("ann");

        ann.run("for (const nick of ['bob', 'cid', 'dan']) receive({type: 'left', room: 'lobby', nick})");
        ChatPage.await(() -> count("who") > 1, true);

        ann.say("hi").awaitLog("ann joined", "bob left", "cid left", "dan left", "annhi");
        assertThat(count("who")).isEqualTo(2);
    }
}
