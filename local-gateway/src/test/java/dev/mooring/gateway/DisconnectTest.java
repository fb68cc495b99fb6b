// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DisconnectTest extends GatewayTest {

    @Test
    void theEventHasTheFieldsAndNoOthers() throws Exception {
        LocalGateway gateway = start();
        Client client = Client.connect(Client.HTTP.newWebSocketBuilder().header("User-Agent", "test"), gateway.uri());
        clock.advance(Duration.ofSeconds(5));

        client.socket().sendClose(4000, "bye").join();

        EventView event = app.await("$disconnect");
        String domain = "localhost:" + gateway.uri().getPort();
        assertThat(event.json())
                .containsOnlyKeys("headers", "multiValueHeaders", "requestContext", "isBase64Encoded")
                .contains(
                        entry(
                                "headers",
                                Map.of("Host", domain, "x-api-key", "", "X-Forwarded-For", "", "x-restapi", "")),
                        entry(
                                "multiValueHeaders",
                                Map.of(
                                        "Host",
                                        List.of(domain),
                                        "x-api-key",
                                        List.of(""),
                                        "X-Forwarded-For",
                                        List.of(""),
                                        "x-restapi",
                                        List.of(""))));
        assertThat(event.requestContext())
                .isEqualTo(requestContext(
                        event,
                        entry("routeKey", "$disconnect"),
                        entry("eventType", "DISCONNECT"),
                        entry("requestTime", "04/Mar/2026:05:06:12 +0000"),
                        entry("identity", Map.of("userAgent", "test", "sourceIp", "127.0.0.1")),
                        entry("domainName", domain),
                        entry("disconnectStatusCode", 4000L),
                        entry("disconnectReason", "bye")));
    }

    private void assertReason(long code, String text) {
        assertThat(app.await("$disconnect").requestContext())
                .contains(entry("disconnectStatusCode", code), entry("disconnectReason", text));
    }

    @Test
    void theClientsCloseIsAnswered() throws Exception {
        Client client = Client.connect(start().uri());

        client.close();

        assertThat(client.awaitClose().code()).isEqualTo(1000);
        assertReason(1000, "");
    }

    @Test
    void aCloseWithoutACodeIs1005() throws Exception {
        try (RawClient client = RawClient.connect(start().uri())) {
            client.send(RawClient.CLOSE, true, new byte[0]);

            RawClient.Frame answer = client.receive();
            assertThat(answer.opCode()).isEqualTo(RawClient.CLOSE);
            assertThat(answer.payload().remaining()).isZero();
            assertThat(client.isAtEnd()).isTrue();
        }
        assertReason(1005, "Client-side close frame status not set");
    }

    @Test
    void aClientThatEndsTheConnectionWithoutACloseIs1006() throws Exception {
        RawClient.connect(start().uri()).close();

        assertReason(1006, "");
    }

    @Test
    void aClientThatDiesIs1006() throws Exception {
        RawClient.connect(start().uri()).die();

        assertReason(1006, "");
    }

    @Test
    void aClientThatDiesWithinAMessageIs1006() throws Exception {
        RawClient client = RawClient.connect(start().uri());
        client.send(RawClient.TEXT, false, new byte[10]);
        client.die();

        assertReason(1006, "");
        assertThat(app.events("$default")).isEmpty();
    }

    @Test
    void theEventComesAfterTheMessages() throws Exception {
        CountDownLatch end = app.hold("$default");
        LocalGateway gateway = start();
        RawClient client = RawClient.connect(gateway.uri());
        client.send("1").send("2").close();
        String id = app.await("$connect").connectionId();
        Await.until(() -> Await.get(() -> Http.get(gateway, id)).statusCode() == 410);
        assertThat(app.events("$disconnect")).isEmpty();

        end.countDown();

        app.await("$disconnect");
        assertThat(app.events())
                .extracting(EventView::routeKey)
                .containsExactly("$connect", "$default", "$default", "$disconnect");
    }

    @Test
    void withoutADisconnectRouteTheFunctionDoesNotHearOfIt() throws Exception {
        LocalGateway gateway = start(gateway().routes("$connect"));
        Client client = Client.connect(gateway.uri());
        String id = app.await("$connect").connectionId();

        client.close();

        Await.until(() -> Await.get(() -> Http.get(gateway, id)).statusCode() == 410);
        assertThat(app.events()).hasSize(1);
    }

    @Test
    void aFailureInTheFunctionHarmsNobody() throws Exception {
        app.on("$disconnect", event -> {
            throw new IllegalStateException("a bug");
        });
        LocalGateway gateway = start(gateway().routes("$connect", "$default", "$disconnect"));
        Client.connect(gateway.uri()).close();
        app.await("$disconnect");

        Client.connect(gateway.uri()).send("still here");

        assertThat(app.await("$default").body()).isEqualTo("still here");
    }

    @Test
    void anIdleClientIsClosedAfterTenMinutes() throws Exception {
        Client client = Client.connect(start().uri());

        clock.advance(Limits.IDLE);

        assertThat(client.awaitClose()).isEqualTo(new Client.Close(1001, "Going away"));
        assertReason(1001, "Going away");
    }

    @Test
    void aMessageInEitherDirectionKeepsAConnectionAndAPingDoesNot() throws Exception {
        LocalGateway gateway = start();
        Client sender = Client.connect(gateway.uri());
        String senderId = app.await("$connect").connectionId();
        Client receiver = Client.connect(gateway.uri());
        String receiverId = app.events("$connect").get(1).connectionId();
        RawClient pinger = RawClient.connect(gateway.uri());

        clock.advance(Limits.IDLE.minusSeconds(1));
        sender.send("still here");
        app.await("$default");
        Http.post(gateway, receiverId, "are you?");
        receiver.receive();
        pinger.send(RawClient.PING, true, new byte[0]);
        assertThat(pinger.receive().opCode()).isEqualTo(RawClient.PONG);
        clock.advance(Duration.ofSeconds(1));

        assertThat(pinger.receive().closeCode()).isEqualTo(1001);
        app.await("$disconnect");
        assertThat(Http.get(gateway, senderId).statusCode()).isEqualTo(200);
        assertThat(Http.get(gateway, receiverId).statusCode()).isEqualTo(200);
        pinger.close();
    }

    @Test
    void everyClientIsClosedAfterTwoHours() throws Exception {
        Client client = Client.connect(start().uri());
        for (int i = 1; i < 15; i++) {
            clock.advance(Duration.ofMinutes(8));
            client.send("keep alive");
            int expected = i;
            Await.until(() -> app.events("$default").size() == expected);
        }
        assertThat(app.events("$disconnect")).isEmpty();

        clock.advance(Duration.ofMinutes(8));

        assertThat(client.awaitClose().code()).isEqualTo(1001);
        assertReason(1001, "Going away");
    }

    @Test
    void aClientThatDoesNotAnswerACloseIsDroppedInTheEnd() throws Exception {
        LocalGateway gateway = start();
        try (RawClient client = RawClient.connect(gateway.uri())) {
            Http.delete(gateway, app.await("$connect").connectionId());
            assertThat(client.receive().closeCode()).isEqualTo(1000);
            app.await("$disconnect");

            clock.advance(Duration.ofSeconds(10));

            assertThat(client.isAtEnd()).isTrue();
        }
    }
}
