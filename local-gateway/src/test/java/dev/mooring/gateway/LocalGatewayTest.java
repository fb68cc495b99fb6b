// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LocalGatewayTest extends GatewayTest {

    @Test
    void itSaysWhereItIs() throws Exception {
        LocalGateway gateway = start(gateway().stage("prod"));
        int port = gateway.uri().getPort();

        assertThat(gateway.uri()).hasToString("ws://localhost:" + port + "/prod");
        assertThat(gateway.endpoint()).hasToString("http://localhost:" + port + "/prod");
    }

    /** The loopback addresses that there are, and what stands for all addresses of their kind: IPv6 may be off. */
    static Stream<String> itListensAtAnyHost() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(InetAddress::isLoopbackAddress)
                .flatMap(address -> address instanceof Inet6Address
                        ? Stream.of("::1", "::")
                        : Stream.of(address.getHostAddress(), "0.0.0.0"))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource
    void itListensAtAnyHost(String host) throws Exception {
        LocalGateway gateway = start(gateway().host(host));

        Client.connect(gateway.uri());

        assertThat(app.await("$connect").requestContext().get("domainName"))
                .isEqualTo(gateway.uri().getAuthority());
        assertThat(Http.get(gateway, app.await("$connect").connectionId()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void closingClosesTheClientsAndTellsTheFunction() throws Exception {
        LocalGateway gateway = start();
        Client one = Client.connect(gateway.uri());
        Client two = Client.connect(gateway.uri());

        gateway.close();

        assertThat(one.awaitClose()).isEqualTo(new Client.Close(1001, "Going away"));
        assertThat(two.awaitClose()).isEqualTo(new Client.Close(1001, "Going away"));
        assertThat(app.events("$disconnect")).hasSize(2).allSatisfy(event -> assertThat(event.requestContext())
                .containsEntry("disconnectStatusCode", 1001L)
                .containsEntry("disconnectReason", "Going away"));
    }

    @Test
    void closingWaitsForWhatTheFunctionIsDoing() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CompletableFuture<String> post = new CompletableFuture<>();
        LocalGateway gateway = start();
        app.on("$default", event -> {
            working.countDown();
            FakeApp.pause(Duration.ofMillis(300));
            return FakeApp.OK;
        });
        app.on("$disconnect", event -> {
            // what it does for others still gets an answer
            post.complete(""
                    + Await.get(() -> Http.post(gateway, event.connectionId(), "bye"))
                            .statusCode());
            return FakeApp.OK;
        });
        Client.connect(gateway.uri()).send("work");
        working.await();

        gateway.close();

        assertThat(app.events()).extracting(EventView::routeKey).containsExactly("$connect", "$default", "$disconnect");
        assertThat(post).isCompletedWithValue("410");
    }

    @Test
    void closingDoesNotWaitForEver() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        app.on("$default", event -> {
            working.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return FakeApp.OK;
        });
        LocalGateway gateway = start(gateway().grace(Duration.ofSeconds(1)));
        Client.connect(gateway.uri()).send("hang");
        working.await();

        gateway.close();

        interrupted.await();
    }

    @Test
    void nobodyIsLetInWhileItCloses() throws Exception {
        CountDownLatch end = app.hold("$disconnect");
        LocalGateway gateway = start(gateway().grace(Duration.ofSeconds(60)));
        Client.connect(gateway.uri());
        CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close, Background.THREADS);
        app.await("$disconnect");

        assertThat(Client.refusal(gateway.uri())).isEqualTo(503);
        end.countDown();
        closed.join();
    }

    @Test
    void aClientThatWasBeingLetInHearsTheCloseToo() throws Exception {
        LocalGateway gateway = start(gateway().grace(Duration.ofSeconds(60)));
        Client early = Client.connect(gateway.uri());
        CountDownLatch answer = app.hold("$connect");
        CompletableFuture<Client> late =
                CompletableFuture.supplyAsync(() -> Client.connect(gateway.uri()), Background.THREADS);
        Await.until(() -> app.events("$connect").size() == 2);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close, Background.THREADS);
        early.awaitClose();

        answer.countDown();

        assertThat(late.join().awaitClose().code()).isEqualTo(1001);
        closed.join();
        assertThat(app.events("$disconnect")).hasSize(2);
    }

    @Test
    void closingFreesThreadsAndPort() throws Exception {
        LocalGateway gateway = start();
        RawClient client = RawClient.connect(gateway.uri());
        client.send("hello");
        app.await("$default");

        gateway.close();
        gateway.close();

        Await.until(() -> Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch(name -> name.startsWith("gateway-") || name.startsWith("lambda-")));
        client.close();
        start(gateway().port(gateway.uri().getPort()));
    }

    @Test
    void severalGatewaysDoNotDisturbOneAnother() throws Exception {
        LocalGateway first = start();
        LocalGateway second = start(gateway().stage("second"));
        Client one = Client.connect(first.uri());
        String id = app.await("$connect").connectionId();
        Client two = Client.connect(second.uri());

        assertThat(Http.get(second, id).statusCode()).isEqualTo(410);
        first.close();
        assertThat(one.awaitClose().code()).isEqualTo(1001);

        two.send("still here");
        assertThat(app.await("$default").requestContext()).containsEntry("stage", "second");
    }

    @Test
    void aBusyPortIsNamed() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> gateway().port(socket.getLocalPort()).start())
                    .isInstanceOf(BindException.class)
                    .hasMessage("The port " + socket.getLocalPort() + " of localhost is in use.");
        }
    }

    @Test
    void aHostThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> gateway().port(1).host("no.such.host.invalid").start())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("The gateway cannot listen at port 1 of no.such.host.invalid: ");
    }

    @Test
    void whatIsWrongIsSaidAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gateway().stage("a/b"))
                .withMessage("Not a stage name: 'a/b'. It has 1 to 128 letters, digits, '-' and '_'.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gateway().port(65_536))
                .withMessage("Not a port: 65536.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gateway().timeout(Duration.ZERO))
                .withMessage("Not a timeout: PT0S.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gateway().routes("$default", "$join").start())
                .withMessage("Not a route key: '$join'."
                        + " Keys are $connect, $default, $disconnect and any text that does not begin with $.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gateway().routes("join").twoWay("say").start())
                .withMessage("The two-way route say is none of the routes join.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gateway().routeSelectionExpression("$request.header.action"))
                .withMessageStartingWith("Not a route selection expression: $request.header.action");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gateway().staticFiles(Path.of("no", "such", "folder")))
                .withMessage("The folder of static files " + Path.of("no", "such", "folder")
                        + " does not exist, or is no folder.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gateway().staticFiles("no/such/folder"))
                .withMessage("There is no folder no/such/folder on the class path.");
    }
}
