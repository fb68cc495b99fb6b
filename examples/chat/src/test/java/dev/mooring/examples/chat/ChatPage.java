// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.websocket.JettyWebSocketAdapter;
import org.htmlunit.websocket.WebSocketListener;

/** The chat's page in a browser of its own. */
final class ChatPage implements AutoCloseable {

    private final WebClient browser = new WebClient();
    private final HtmlPage page;

    private ChatPage(URI uri) throws IOException {
        browser.getOptions().setCssEnabled(false);
        browser.setWebSocketAdapter((client, socket) -> new JettyWebSocketAdapter(client, asInBrowsers(socket)));
        page = browser.getPage(uri.toURL());
    }

    static ChatPage open(URI uri) throws IOException {
        return new ChatPage(uri);
    }

    /**
     * HtmlUnit may say that a socket is connecting when it is open already, and then takes it for not open; and that it is
     * open before the script that made it has set its handlers.
     */
    private WebSocketListener asInBrowsers(WebSocketListener socket) {
        return (WebSocketListener) Proxy.newProxyInstance(
                ChatPage.class.getClassLoader(),
                new Class<?>[] {WebSocketListener.class},
                (proxy, method, arguments) -> {
                    synchronized (page) { // as scripts are run
                        return method.getName().equals("onWebSocketConnecting")
                                ? null
                                : method.invoke(socket, arguments);
                    }
                });
    }

    ChatPage join(String nick) throws IOException {
        enter("#nick", nick);
        return click("#entry button");
    }

    ChatPage leave() throws IOException {
        return click("#leave");
    }

    ChatPage say(String text) throws IOException {
        enter("#text", text);
        return click("#compose button");
    }

    private void enter(String input, String text) {
        page.<HtmlInput>querySelector(input).setValue(text);
    }

    private ChatPage click(String button) throws IOException {
        page.<HtmlElement>querySelector(button).click();
        return this;
    }

    /** Runs a script in the page, between its own. */
    String run(String script) {
        return String.valueOf(page.executeJavaScript(script).getJavaScriptResult());
    }

    boolean isInRoom() {
        return run("$('chat').hidden").equals("false");
    }

    /** What is in the field for messages. */
    String typed() {
        return run("$('text').value");
    }

    void awaitStatus(String status) throws InterruptedException {
        await(() -> run("$('status').textContent"), status);
    }

    void awaitNicks(String nicks) throws InterruptedException {
        await(() -> run("$('nicks').textContent"), nicks);
    }

    /** What is to be read: who speaks, and what is said, are one word. */
    List<String> log() {
        return run("[...$('log').children].map((line) => line.textContent).join('\\n')")
                .lines()
                .toList();
    }

    void awaitLog(String... lines) throws InterruptedException {
        await(this::log, List.of(lines));
    }

    /** Waits until two seconds have passed for the page's timers: what was to happen by then has. */
    void awaitTimers() throws InterruptedException {
        run("window.later = false; setTimeout(() => { window.later = true; }, 2000)");
        await(() -> run("window.later"), "true");
    }

    static <T> void await(Supplier<T> actual, T expected) throws InterruptedException {
        for (int i = 0; i < 600 && !actual.get().equals(expected); i++) {
            Thread.sleep(100);
        }
        assertThat(actual.get()).isEqualTo(expected);
    }

    @Override
    public void close() {
        browser.close();
    }
}
