// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Acceptance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connect, message and disconnect through the handler, with real posts to a server that plays API Gateway. */
class CycleTest extends AppTest {

    @Test
    void stateLastsFromConnectToDisconnect() {
        onConnect = connection -> {
            connection.attributes().put("nick", "ann");
            return Acceptance.accept();
        };
        onMessage = connection -> {
            connection.attributes().merge("count", "1", (a, b) -> String.valueOf(Integer.parseInt(a) + 1));
            connection.send(connection.attributes().get("nick")
                    + connection.attributes().get("count"));
        };
        assertThat(connect("a")).isEqualTo(OK);
        assertThat(message("a")).isEqualTo(OK);
        assertThat(message("a")).isEqualTo(OK);
        assertThat(disconnect("a")).isEqualTo(OK);
        assertThat(function.api.seen())
                .containsExactly("POST /prod/@connections/a ann1", "POST /prod/@connections/a ann2");
        assertThat(left).hasSize(1);
        assertThat(left.get(0)).startsWith("a 1001 ").contains("nick=ann").contains("count=2");
    }

    @Test
    void aChannelReachesItsMembersAndNobodyElse() {
        onMessage = connection -> {
            connection.subscribe("lobby");
            connection.publisher().publish("lobby", "hi from " + connection.id());
        };
        connect("a");
        connect("b");
        connect("c");
        message("a");
        message("b");
        assertThat(function.api.seen())
                .containsExactlyInAnyOrder(
                        "POST /prod/@connections/a hi from a",
                        "POST /prod/@connections/a hi from b",
                        "POST /prod/@connections/b hi from b");
    }

    @Test
    void theChosenSubprotocolIsAHeaderOfTheAnswer() {
        onConnect = connection ->
                Acceptance.accept(connection.handshake().subprotocols().get(1));
        assertThat(function.invoke(Events.read("connect-query-authorizer.json")))
                .isEqualTo("{\"statusCode\":200,\"headers\":{\"Sec-WebSocket-Protocol\":\"chat.v1\"}}");
    }

    @Test
    void aRejectedClientGetsTheAppsStatusAndIsNotStored() {
        onConnect = connection -> Acceptance.reject(401);
        assertThat(connect("a")).isEqualTo("{\"statusCode\":401}");
        assertThat(disconnect("a")).isEqualTo(OK);
        assertThat(left).isEmpty();
    }

    @Test
    void nothingIsPostedToAClientThatIsStillConnecting() {
        List<Throwable> refused = new ArrayList<>();
        onConnect = connection -> {
            for (Runnable attempt : List.<Runnable>of(
                    () -> connection.send("welcome"),
                    () -> connection.reply("welcome"),
                    connection::close,
                    () -> connection.publisher().send(connection.id(), "welcome"))) {
                assertThatThrownBy(attempt::run)
                        .isInstanceOf(IllegalStateException.class)
                        .satisfies(refused::add);
            }
            return Acceptance.accept();
        };
        assertThat(connect("a")).isEqualTo(OK);
        assertThat(refused).hasSize(4);
        assertThat(function.api.requests).isEmpty();
    }

    @Test
    void aReplyIsPostedWhereRoutesAreOneWay() {
        onMessage = connection -> connection.reply("hi");
        connect("a");
        assertThat(message("a")).isEqualTo(OK);
        assertThat(function.api.seen()).containsExactly("POST /prod/@connections/a hi");
    }

    @Test
    void aReplyIsTheAnswerWhereRoutesAreTwoWay() {
        onMessage = connection -> {
            connection.reply("first");
            connection.reply("\"last\" ë");
        };
        try (TestFunction twoWay = new TestFunction(this, builder -> builder.twoWay(true))) {
            twoWay.invoke(Events.connect("a"));
            assertThat(twoWay.invoke(Events.message("a")))
                    .isEqualTo("{\"statusCode\":200,\"body\":\"\\\"last\\\" ë\"}");
            assertThat(twoWay.api.seen()).containsExactly("POST /prod/@connections/a first");
            onMessage = connection -> {};
            assertThat(twoWay.invoke(Events.message("a"))).isEqualTo(OK);
        }
    }

    @Test
    void aClientThatIsGoneIsRemovedAndTheAppIsToldOnce() {
        onConnect = connection -> {
            connection.attributes().put("nick", connection.id());
            return Acceptance.accept();
        };
        onMessage =
                connection -> assertThat(connection.publisher().send("b", "hi")).isFalse();
        connect("a");
        connect("b");
        function.clock.advance(Duration.ofMinutes(1));
        function.api.answer(410);
        assertThat(message("a")).isEqualTo(OK);
        assertThat(message("a")).isEqualTo(OK);
        assertThat(disconnect("b")).isEqualTo(OK);
        assertThat(left).containsExactly("b 1006 {nick=b}");
        assertThat(function.log()).isEmpty();
    }

    @Test
    void aPostThatIsThrottledIsTriedAgain() {
        onMessage = connection -> connection.send("hi");
        connect("a");
        function.api.answer(exchange -> {
            ConnectionApi.respond(exchange, function.api.requests.size() == 1 ? 429 : 200);
        });
        assertThat(message("a")).isEqualTo(OK);
        assertThat(function.api.seen()).containsExactly("POST /prod/@connections/a hi", "POST /prod/@connections/a hi");
    }

    @Test
    void aSecondDisconnectDoesNotReachTheApp() {
        connect("a");
        assertThat(disconnect("a")).isEqualTo(OK);
        assertThat(disconnect("a")).isEqualTo(OK);
        assertThat(left).hasSize(1);
    }

    @Test
    void aConnectDeliveredTwiceIsHarmless() {
        assertThat(connect("a")).isEqualTo(OK);
        assertThat(connect("a")).isEqualTo(OK);
        disconnect("a");
        assertThat(left).hasSize(1);
    }

    @Test
    void aClientOfWhichNothingIsStoredIsClosed() {
        onMessage = connection -> connection.attributes().get("nick");
        assertThat(function.invoke(Events.read("message.json"))).isEqualTo(OK);
        assertThat(function.api.seen()).containsExactly("DELETE /prod/@connections/L0SM9cOFvHcCIhw%3D");
        assertThat(function.log()).isEmpty();
    }
}
