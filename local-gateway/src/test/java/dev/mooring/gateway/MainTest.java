// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The command line as a user sees it: each test starts a JVM. */
class MainTest {

    private static final Pattern READY = Pattern.compile(
            "Ready: (?<uri>ws://\\S+:\\d+/\\S+), posts to http://\\S+:\\d+/\\S+/@connections(?<page>, page at"
                    + " http://\\S+:\\d+/)?\\. Ctrl-C ends it\\.");

    /** Answers with the event's body. */
    public static final class Echo implements RequestStreamHandler, AutoCloseable {

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            EventView event = EventView.parse(new String(input.readAllBytes(), StandardCharsets.UTF_8), context);
            if ("boom".equals(event.body())) {
                throw new IllegalStateException("a bug of the app");
            }
            context.getLogger().log("got " + event.routeKey());
            String body = event.routeKey() + " " + context.getRemainingTimeInMillis() / 10_000;
            output.write(("{\"statusCode\":200,\"body\":\"" + body + "\"}").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
            System.out.println("closed");
        }
    }

    /** An authorizer that knows one token, and a function that accepts everybody. */
    public static final class Gate implements RequestStreamHandler, AutoCloseable {

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            EventView event = EventView.parse(new String(input.readAllBytes(), StandardCharsets.UTF_8), context);
            if (!event.json().containsKey("methodArn")) {
                output.write(FakeApp.OK.getBytes(StandardCharsets.UTF_8));
            } else if (event.map("queryStringParameters").containsValue("valid")) {
                output.write("""
                    {"principalId":"ann","policyDocument":{"Version":"2012-10-17",
                    "Statement":[{"Action":"*","Effect":"Allow","Resource":"*"}]}}\
                    """.getBytes(StandardCharsets.UTF_8));
            } else {
                throw new IllegalStateException("Unauthorized");
            }
        }

        @Override
        public void close() {
            System.out.println("gate closed");
        }
    }

    /** Does not start. */
    public static final class Broken implements RequestStreamHandler {

        public Broken() {
            throw new IllegalArgumentException("The DSN has no scheme.");
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) {}
    }

    /** Logs as it starts, as the client of a store may. */
    public static final class Logging implements RequestStreamHandler {

        public Logging() {
            LoggerFactory.getLogger(Logging.class).info("starting");
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) {}
    }

    private static CommandLine.End run(String... arguments) throws Exception {
        try (CommandLine commandLine = new CommandLine(arguments)) {
            return commandLine.await();
        }
    }

    private static URI awaitReady(CommandLine commandLine) throws Exception {
        String line = commandLine.readLine();
        assertThat(line).matches(READY);
        Matcher matcher = READY.matcher(line);
        assertThat(matcher.matches()).isTrue();
        return URI.create(matcher.group("uri"));
    }

    @Test
    void aHandlerThatLogsCausesNoComplaintOfALackOfLogs() throws Exception {
        try (CommandLine commandLine = new CommandLine("--handler", Logging.class.getName(), "--port", "0")) {
            awaitReady(commandLine);
            commandLine.signal("TERM");

            assertThat(commandLine.await().errors()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void itServesUntilASignalAndClosesClientsAndHandler(String signal) throws Exception {
        try (CommandLine commandLine = new CommandLine("--handler", Echo.class.getName(), "--port", "0")) {
            Client client = Client.connect(awaitReady(commandLine));

            commandLine.signal(signal);

            assertThat(client.awaitClose().code()).isEqualTo(1001);
            CommandLine.End end = commandLine.await();
            assertThat(end.output()).containsExactly("got $connect", "got $disconnect", "closed");
            assertThat(end.errors()).isEmpty();
            assertThat(end.status()).isEqualTo(signal.equals("INT") ? 130 : 143);
        }
    }

    @Test
    void optionsShapeTheApi(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("index.html"), "the page");
        try (CommandLine commandLine = new CommandLine(
                "--handler=" + Echo.class.getName(),
                "--host=127.0.0.1",
                "--port=0",
                "--stage=prod",
                "--route=$default,join",
                "--route",
                "say",
                "--two-way=say,join",
                "--two-way=$default",
                "--route-selection=$request.body.do",
                "--static",
                folder.toString(),
                "--timeout=15")) {
            URI uri = awaitReady(commandLine);
            Client client = Client.connect(uri);

            assertThat(uri.getHost()).isEqualTo("127.0.0.1");
            assertThat(uri.getPath()).isEqualTo("/prod");
            assertThat(client.send("{\"do\":\"say\"}").receive()).isEqualTo("say 1");
            assertThat(client.send("{\"do\":\"join\"}").receive()).isEqualTo("join 1");
            assertThat(client.send("{\"do\":\"leave\"}").receive()).isEqualTo("$default 1");
            assertThat(Http.get(URI.create("http://" + uri.getAuthority() + "/"))
                            .body())
                    .isEqualTo("the page");
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Echo.class, Gate.class})
    void anAuthorizerDecidesWhoConnectsAndIsClosedOnce(Class<?> handler) throws Exception {
        try (CommandLine commandLine = new CommandLine(
                "--handler",
                handler.getName(),
                "--authorizer",
                Gate.class.getName(),
                "--identity-source=route.request.querystring.token",
                "--port=0")) {
            URI uri = awaitReady(commandLine);
            Client client = Client.connect(URI.create(uri + "?token=valid"));
            assertThat(Client.refusal(URI.create(uri + "?token=forged"))).isEqualTo(401);
            assertThat(Client.refusal(uri)).isEqualTo(401);

            commandLine.signal("TERM");

            assertThat(client.awaitClose().code()).isEqualTo(1001);
            CommandLine.End end = commandLine.await();
            assertThat(end.errors()).isEmpty();
            assertThat(end.output()).containsOnlyOnce("gate closed");
            assertThat(end.output().contains("closed")).isEqualTo(handler == Echo.class);
        }
    }

    @Test
    void aFailureOfTheHandlerIsShownWithItsStackTrace() throws Exception {
        try (CommandLine commandLine = new CommandLine("--handler", Echo.class.getName(), "--port", "0")) {
            Client client = Client.connect(awaitReady(commandLine));
            assertThat(client.send("boom").receive()).contains("Internal server error");

            commandLine.signal("TERM");

            assertThat(commandLine.await().errors())
                    .anyMatch(line -> line.contains("The handler failed on $default of connection "))
                    .anyMatch(line -> line.contains("java.lang.IllegalStateException: a bug of the app"))
                    .anyMatch(line -> line.contains("\tat " + Echo.class.getName() + ".handleRequest"));
        }
    }

    @Test
    void helpNamesEveryOption() throws Exception {
        CommandLine.End end = run("--help");

        assertThat(end.status()).isZero();
        assertThat(end.errors()).isEmpty();
        assertThat(String.join("\n", end.output()))
                .contains(
                        "--handler",
                        "--host",
                        "--port",
                        "--stage",
                        "--route ",
                        "--two-way",
                        "--route-selection",
                        "--authorizer",
                        "--identity-source",
                        "--static",
                        "--timeout",
                        "--help");
    }

    @Test
    void wrongUseEndsWithStatus2() throws Exception {
        CommandLine.End end = run("--handler", Broken.class.getName(), "--port", "http");

        assertThat(end.status()).isEqualTo(2);
        assertThat(end.errors())
                .containsExactly("--port needs a number from 0 to 65535, not 'http'. --help lists the options.");
        assertThat(end.output()).isEmpty();
    }

    @Test
    void aHandlerThatDoesNotStartEndsWithStatus1() throws Exception {
        CommandLine.End end = run("--handler", Broken.class.getName());

        assertThat(end.status()).isEqualTo(1);
        assertThat(end.errors())
                .containsExactly("The handler " + Broken.class.getName() + " did not start: The DSN has no scheme.");
        assertThat(end.output()).isEmpty();
    }

    @Test
    void aBusyPortIsNamedAndTheHandlerClosed() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            CommandLine.End end = run("--handler", Echo.class.getName(), "--port", Integer.toString(port));

            assertThat(end.status()).isEqualTo(1);
            assertThat(end.errors())
                    .containsExactly("The port " + port + " of localhost is in use. Choose another with --port.");
            assertThat(end.output()).containsExactly("closed");
        }
    }
}
