// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Two clients meet in the lobby of a running chat. Arguments: its WebSocket URL and its page's. */
class ChatSmoke {

    static class Client implements WebSocket.Listener {
        final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        final WebSocket socket;

        Client(HttpClient http, String url) {
            socket = http.newWebSocketBuilder().buildAsync(URI.create(url), this).join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            received.add(data.toString());
            webSocket.request(1);
            return null;
        }

        void send(String message) {
            socket.sendText(message, true).join();
        }

        void expect(String message) throws InterruptedException {
            String actual = received.poll(30, TimeUnit.SECONDS);
            if (!message.equals(actual)) {
                throw new AssertionError("expected " + message + " but got " + actual);
            }
        }
    }

    public static void main(String[] args) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        Client ann = new Client(http, args[0]);
        Client bob = new Client(http, args[0]);
        ann.send("{\"action\":\"join\",\"room\":\"lobby\",\"nick\":\"ann\"}");
        ann.expect("{\"type\":\"joined\",\"room\":\"lobby\",\"nick\":\"ann\"}");
        bob.send("{\"action\":\"join\",\"room\":\"lobby\",\"nick\":\"bob\"}");
        ann.expect("{\"type\":\"joined\",\"room\":\"lobby\",\"nick\":\"bob\"}");
        bob.expect("{\"type\":\"joined\",\"room\":\"lobby\",\"nick\":\"bob\"}");
        bob.send("{\"action\":\"say\",\"room\":\"lobby\",\"text\":\"hi\"}");
        ann.expect("{\"type\":\"said\",\"room\":\"lobby\",\"from\":\"bob\",\"text\":\"hi\"}");
        bob.socket.abort();
        ann.expect("{\"type\":\"left\",\"room\":\"lobby\",\"nick\":\"bob\"}");
        String page = http.send(HttpRequest.newBuilder(URI.create(args[1])).build(), HttpResponse.BodyHandlers.ofString()).body();
        if (!page.contains("<title>Mooring chat</title>")) {
            throw new AssertionError("the page is not served");
        }
        System.out.println("Two clients chatted, and the page is served.");
        System.exit(0);
    }
}
