// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {

    private final List<String> handled = new ArrayList<>();
    private final Routes.Builder routes =
            Routes.builder().on("join", handle("join")).on("say", handle("say"));

    @ParameterizedTest
    @CsvSource({"join, join", "say, say"})
    void aMessageGoesToItsRoute(String routeKey, String route) {
        Dock dock = new Dock(routes.onDefault(handle("default")).build());
        dock.message(Message.text("m1", routeKey, "hi"));
        assertThat(handled).containsExactly(route + ":hi");
        assertThat(dock.sent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$default", "leave", "Join", "", "$disconnect", "$connect"})
    void anyOtherMessageGoesToDefault(String routeKey) {
        Dock dock = new Dock(routes.onDefault(handle("default")).build());
        dock.message(Message.text("m1", routeKey, "hi"));
        assertThat(handled).containsExactly("default:hi");
    }

    @Test
    void withoutADefaultTheAnswerIsApiGateways() {
        Dock dock = new Dock(routes.build());
        dock.message(Message.text("R1k\"=", "leave", "hi"));
        assertThat(handled).isEmpty();
        assertThat(dock.sent)
                .containsExactly("{\"message\": \"Forbidden\", \"connectionId\":\"c1=\", \"requestId\":\"R1k\\\"=\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"action\":\"join\"}        | join",
                "{\"action\":\"leave\"}       | default",
                "{\"action\":\"$default\"}    | default",
                "{\"action\":\"$connect\"}    | default",
                "{\"action\":\"$disconnect\"} | default",
                "{\"action\":null}            | default",
                "{}                           | default",
                "join                         | default",
            })
    void routesCanBeSelectedHere(String text, String route) {
        Dock dock = new Dock(routes.onDefault(handle("default"))
                .onDisconnect((connection, reason) -> handled.add("disconnect"))
                .selectBy("$request.body.action")
                .build());
        dock.message(Message.text("m1", "$default", text));
        assertThat(handled).containsExactly(route + ":" + text);
    }

    @Test
    void aBinaryMessageGoesByItsRouteKey() {
        Dock dock = new Dock(routes.onDefault((connection, message) -> handled.add("binary"))
                .selectBy("$request.body.action")
                .build());
        dock.message(Message.binary("m1", "$default", new byte[] {1}));
        assertThat(handled).containsExactly("binary");
    }

    @Test
    void everybodyIsAcceptedUnlessARouteSaysOtherwise() {
        assertThat(new Dock(routes.build()).acceptance.isAccepted()).isTrue();
        assertThat(new Dock(routes.onConnect(connection -> Acceptance.reject(401))
                                .build())
                        .acceptance.status())
                .isEqualTo(401);
    }

    @Test
    void onlyTheEndOfAConnectionReachesOnDisconnect() {
        Dock dock = new Dock(routes.onDisconnect((connection, reason) -> handled.add(connection.id() + reason.code()))
                .build());
        dock.disconnect(new CloseReason(1001, "away"));
        assertThat(handled).containsExactly("c1=1001");
        new Dock(Routes.builder().build()).disconnect(new CloseReason(1000, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$connect", "$default", "$disconnect", "$mine"})
    void reservedKeysHaveMethodsOfTheirOwn(String routeKey) {
        assertThatThrownBy(() -> routes.on(routeKey, handle("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The route key " + routeKey + " is reserved: use onConnect, onDefault or onDisconnect.");
    }

    @Test
    void aRouteHasOneFunction() {
        assertThatThrownBy(() -> routes.on("join", handle("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The route key join has a function already.");
        assertThatThrownBy(() -> routes.onDefault(handle("x")).onDefault(handle("y")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The route key $default has a function already.");
    }

    @Test
    void aBuiltAppDoesNotChange() {
        Routes app = routes.build();
        routes.onDefault(handle("default")).selectBy("say");
        Dock dock = new Dock(app);
        dock.message(Message.text("m1", "join", "hi"));
        dock.message(Message.text("m1", "leave", "hi"));
        assertThat(handled).containsExactly("join:hi");
        assertThat(dock.sent).hasSize(1);
    }

    @Test
    void aMalformedSelectionIsRefusedAtOnce() {
        assertThatThrownBy(() -> routes.selectBy("$action"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Not a route selection expression: $action.");
    }

    private BiConsumer<Connection, Message> handle(String route) {
        return (connection, message) -> handled.add(route + ":" + message.text());
    }
}
