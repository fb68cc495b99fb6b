// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest extends GatewayTest {

    @Test
    void theEventHasTheFieldsAndNoOthers() throws Exception {
        LocalGateway gateway = start();
        Client client = Client.connect(Client.HTTP.newWebSocketBuilder().header("User-Agent", "test"), gateway.uri());
        clock.advance(Duration.ofSeconds(5));

        client.send("héllo ☃ 🛶 \"\\\u0001");

        EventView event = app.await("$default");
        String messageId = (String) event.requestContext().get("messageId");
        assertThat(messageId).matches("[A-Za-z0-9_-]{15}=").isNotEqualTo(event.requestId());
        assertThat(event.json()).containsOnlyKeys("body", "requestContext", "isBase64Encoded");
        assertThat(event.body()).isEqualTo("héllo ☃ 🛶 \"\\\u0001");
        assertThat(event.json()).contains(entry("isBase64Encoded", false));
        assertThat(event.requestContext())
                .isEqualTo(requestContext(
                        event,
                        entry("routeKey", "$default"),
                        entry("eventType", "MESSAGE"),
                        entry("requestTime", "04/Mar/2026:05:06:12 +0000"),
                        entry("identity", Map.of("userAgent", "test", "sourceIp", "127.0.0.1")),
                        entry("domainName", "localhost:" + gateway.uri().getPort()),
                        entry("messageId", messageId)));
    }

    @Test
    void anEmptyMessageIsAMessage() throws Exception {
        Client.connect(start().uri()).send("");

        assertThat(app.await("$default").body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"action\":\"join\"}          | join",
                "{\"action\":\"nosuch\"}        | $default",
                "{\"action\":5}                 | 5",
                "{\"action\":\"$disconnect\"}   | $default",
                "{\"action\":\"$connect\"}      | $default",
                "{\"action\":\"$default\"}      | $default",
                "{\"action\":null}              | $default",
                "{}                             | $default",
                "[]                             | $default",
                "no JSON                        | $default"
            })
    void theRouteIsTheOneThatMatchesOrDefault(String message, String routeKey) throws Exception {
        LocalGateway gateway = start(gateway().routes("$connect", "$default", "$disconnect", "join", "5"));

        Client.connect(gateway.uri()).send(message);

        EventView event = app.await(routeKey);
        assertThat(event.body()).isEqualTo(message);
        assertThat(event.requestContext().get("eventType")).isEqualTo("MESSAGE");
    }

    @Test
    void theRouteMayBeSelectedBySeveralParts() throws Exception {
        LocalGateway gateway = start(gateway()
                .routes("$default", "chat/join", "chat/")
                .routeSelectionExpression("${request.body.service}/${request.body.do.action}"));
        Client client = Client.connect(gateway.uri());

        client.send("{\"service\":\"chat\",\"do\":{\"action\":\"join\"}}");
        client.send("{\"service\":\"chat\"}");

        app.await("chat/join");
        app.await("chat/");
    }

    @Test
    void withoutAMatchAndADefaultTheClientIsTold() throws Exception {
        LocalGateway gateway = start(gateway().routes("$connect", "join"));
        Client client = Client.connect(gateway.uri());

        client.send("{\"action\":\"nosuch\"}").send("{\"action\":\"join\"}");

        assertThat(client.receive())
                .matches("\\{\"message\": \"Forbidden\", \"connectionId\":\""
                        + app.await("$connect").connectionId() + "\", \"requestId\":\"[A-Za-z0-9_-]{15}=\"}");
        assertThat(app.await("join")).isNotNull();
    }

    @Test
    void anAnswerReachesTheClientOnATwoWayRouteOnly() throws Exception {
        app.on("ask", "{\"statusCode\":200,\"body\":\"answer\"}").on("tell", "{\"statusCode\":200,\"body\":\"lost\"}");
        LocalGateway gateway = start(gateway().routes("ask", "tell").twoWay("ask"));
        Client client = Client.connect(gateway.uri());

        client.send("{\"action\":\"tell\"}").send("{\"action\":\"ask\"}");

        assertThat(client.receive()).isEqualTo("answer");
        app.await("tell");
    }

    @Test
    void anAnswersStatusIsNotShown() throws Exception {
        app.on("$default", "{\"statusCode\":500,\"body\":\"sorry\"}");
        LocalGateway gateway = start(gateway().twoWay("$default"));

        assertThat(Client.connect(gateway.uri()).send("?").receive()).isEqualTo("sorry");
    }

    @Test
    void anAnswerWithoutABodySendsNothing() throws Exception {
        app.on("ask", FakeApp.OK).on("$default", "{\"statusCode\":200,\"body\":\"next\"}");
        LocalGateway gateway = start(gateway().routes("ask", "$default").twoWay("ask", "$default"));

        Client client =
                Client.connect(gateway.uri()).send("{\"action\":\"ask\"}").send("?");

        assertThat(client.receive()).isEqualTo("next");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"text\"", "{\"body\":\"no status\"}", "{\"statusCode\":200,\"body\":{}}"})
    void anAnswerOfAnotherFormIsAnErrorOnATwoWayRoute(String answer) throws Exception {
        app.on("$default", answer);
        LocalGateway gateway = start(gateway().twoWay("$default"));

        assertThat(Client.connect(gateway.uri()).send("?").receive()).contains("Internal server error");
    }

    @Test
    void anAnswerOfMoreThan128KilobytesIsAnErrorOnATwoWayRoute() throws Exception {
        app.on("$default", "{\"statusCode\":200,\"body\":\"" + "x".repeat(Limits.MESSAGE + 1) + "\"}");
        LocalGateway gateway = start(gateway().twoWay("$default"));

        assertThat(Client.connect(gateway.uri()).send("?").receive()).contains("Internal server error");
    }

    @Test
    void aOneWayRouteMayAnswerAnything() throws Exception {
        app.on("$default", "not even JSON");
        LocalGateway gateway = start(gateway().twoWay());

        Client client = Client.connect(gateway.uri()).send("?");

        app.await("$default");
        client.close();
        client.awaitClose();
        assertThat(client.received()).isEmpty();
    }

    @Test
    void aFailureIsToldOnAOneWayRouteTooAndTheConnectionStays() throws Exception {
        app.on("$default", event -> {
            throw new IllegalStateException("a bug");
        });
        Client client = Client.connect(start().uri());

        assertThat(client.send("1").receive())
                .isEqualTo("{\"message\": \"Internal server error\", \"connectionId\":\""
                        + app.await("$default").connectionId() + "\", \"requestId\":\""
                        + app.await("$default").requestId() + "\"}");
        assertThat(client.send("2").receive()).contains("Internal server error");
    }

    @Test
    void aClientIsToldAfter29SecondsAndTheFunctionGoesOn() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        app.on("$default", event -> {
            clock.advance(Limits.INTEGRATION);
            FakeApp.await(end);
            ended.countDown();
            return FakeApp.OK;
        });
        Client client = Client.connect(start().uri());

        assertThat(client.send("?").receive())
                .isEqualTo("{\"message\": \"Endpoint request timed out\", \"connectionId\":\""
                        + app.await("$default").connectionId() + "\", \"requestId\":\""
                        + app.await("$default").requestId() + "\"}");
        end.countDown();
        FakeApp.await(ended);
        assertThat(client.received()).isEmpty();
    }

    @Test
    void aClientIsNotToldBefore29Seconds() throws Exception {
        app.on("$default", event -> {
            clock.advance(Limits.INTEGRATION.minusMillis(1));
            // the gateway looks ten times a second
            FakeApp.pause(Duration.ofMillis(300));
            return "{\"statusCode\":200,\"body\":\"just in time\"}";
        });
        LocalGateway gateway = start(gateway().twoWay("$default"));

        assertThat(Client.connect(gateway.uri()).send("?").receive()).isEqualTo("just in time");
    }

    @Test
    void aFunctionThatExceedsItsOwnTimeoutHasFailed() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        app.on("$default", event -> {
            clock.advance(Duration.ofSeconds(3));
            FakeApp.await(end);
            return FakeApp.OK;
        });
        LocalGateway gateway = start(gateway().timeout(Duration.ofSeconds(3)));

        assertThat(Client.connect(gateway.uri()).send("?").receive()).contains("Internal server error");
        end.countDown();
    }

    @Test
    void theEventsOfOneConnectionComeInOrder() throws Exception {
        app.on("$default", event -> {
            if (event.body().endsWith("0")) {
                FakeApp.pause(Duration.ofMillis(5));
            }
            return FakeApp.OK;
        });
        Client client = Client.connect(start().uri());
        List<String> numbers =
                IntStream.range(0, 300).mapToObj(Integer::toString).toList();

        numbers.forEach(client::send);
        client.close();

        app.await("$disconnect");
        assertThat(app.events("$default")).extracting(EventView::body).isEqualTo(numbers);
        assertThat(app.events().get(app.events().size() - 1).routeKey()).isEqualTo("$disconnect");
    }

    @Test
    void aHandlerThatIsStuckForOneConnectionHoldsUpNoOther() throws Exception {
        CountDownLatch end = app.hold("stuck");
        app.on("$default", "{\"statusCode\":200,\"body\":\"here\"}");
        LocalGateway gateway = start(gateway().routes("$default", "stuck").twoWay("$default"));
        for (int i = 0; i < 100; i++) {
            Client.connect(gateway.uri()).send("{\"action\":\"stuck\"}");
        }
        Await.until(() -> app.events("stuck").size() == 100);

        assertThat(Client.connect(gateway.uri()).send("anybody?").receive()).isEqualTo("here");
        end.countDown();
    }

    @Test
    void aFunctionIsToldAboutItsCall() throws Exception {
        app.on("$default", event -> {
            clock.advance(Duration.ofSeconds(2));
            return "{\"statusCode\":200,\"body\":\"" + event.context().getRemainingTimeInMillis() + "\"}";
        });
        LocalGateway gateway = start(gateway().timeout(Duration.ofSeconds(20)).twoWay("$default"));
        Client client = Client.connect(gateway.uri());

        assertThat(client.send("?").receive()).isEqualTo("18000");
        assertThat(client.send("?").receive()).isEqualTo("18000");
        assertThat(app.events("$default"))
                .extracting(event -> event.context().getFunctionName())
                .containsOnly("FakeApp");
        assertThat(app.events())
                .extracting(event -> event.context().getAwsRequestId())
                .doesNotHaveDuplicates();
    }

    @Test
    void aHandlersThreadHasTheHandlersClassLoader() throws Exception {
        app.on("$default", event -> {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return "{\"statusCode\":200,\"body\":\""
                    + FakeApp.class.getClassLoader().equals(loader) + "\"}";
        });
        LocalGateway gateway = start(gateway().twoWay("$default"));

        assertThat(Client.connect(gateway.uri()).send("?").receive()).isEqualTo("true");
    }
}
