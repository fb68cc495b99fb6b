// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Acceptance;
import dev.mooring.Connection;
import dev.mooring.Job;
import dev.mooring.Publisher;
import dev.mooring.Routes;
import dev.mooring.lambda.WebSocketLambda;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The recipes of docs/recipes.md for rooms, users and presence, behind a gateway and with clients. */
class RecipesTest {

    private WebSocketLambda handler;
    private LocalGateway gateway;

    private void start(Routes.Builder app) throws IOException {
        handler = WebSocketLambda.builder(app.selectBy("$request.body.action").build())
                .dsn("memory://")
                .build();
        gateway = LocalGateway.builder(handler).port(0).start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        handler.close();
    }

    private Client connect(String user) {
        return Client.connect(URI.create(gateway.uri() + "?user=" + user));
    }

    private static Client act(Client client, String action) {
        return client.send("{\"action\":\"" + action + "\"}");
    }

    private static String user(Connection connection) {
        return connection.handshake().query("user").orElseThrow();
    }

    @Test
    void aRoomIsAChannel() throws Exception {
        String room = "lobby";
        start(Routes.builder()
                .onConnect(connection -> {
                    connection.attributes().put("nick", user(connection));
                    return Acceptance.accept();
                })
                .on("join", (connection, message) -> {
                    connection.subscribe("room:" + room);
                    connection.publisher().publish("room:" + room, user(connection) + " joined");
                })
                .on("greet", (connection, message) -> {
                    String text = "hi from " + user(connection);
                    connection.publisher().publish("room:" + room, text, connection.id()); // to the others
                })
                .on("leave", (connection, message) -> {
                    connection.unsubscribe("room:" + room);
                    connection.reply(connection.channels().toString());
                })
                .onDisconnect((connection, reason) -> {
                    for (String channel : connection.channels()) {
                        connection
                                .publisher()
                                .publish(channel, connection.attributes().get("nick") + " left");
                    }
                }));
        Client ann = connect("ann");
        assertThat(act(ann, "join").receive()).isEqualTo("ann joined");
        Client bob = connect("bob");
        assertThat(act(bob, "join").receive()).isEqualTo("bob joined");
        assertThat(ann.receive()).isEqualTo("bob joined");
        act(ann, "greet");
        assertThat(bob.receive()).isEqualTo("hi from ann");
        bob.close();
        assertThat(ann.receive()).isEqualTo("bob left");
        assertThat(act(ann, "leave").receive()).isEqualTo("[]");
    }

    @Test
    void aUserIsReachedAndSignedOutOnAllDevices() throws Exception {
        start(Routes.builder()
                .onConnect(this::subscribeUser)
                .on("tell", (connection, message) -> {
                    Publisher publisher = connection.publisher();
                    long told = publisher.publish("user:" + "ann", "psst").delivered();
                    long nobody = publisher.publish("user:" + "carl", "psst").delivered();
                    connection.reply(told + " and " + nobody);
                })
                .on(
                        "signOut",
                        (connection, message) -> connection.reply("closed " + signOut(connection.publisher(), "ann")))
                .on(
                        "signOutNobody",
                        (connection, message) ->
                                connection.reply("closed " + signOut(connection.publisher(), "carl"))));
        Client phone = connect("ann");
        Client laptop = connect("ann");
        Client bob = connect("bob");
        assertThat(act(bob, "tell").receive()).isEqualTo("2 and 0");
        assertThat(phone.receive()).isEqualTo("psst");
        assertThat(laptop.receive()).isEqualTo("psst");
        assertThat(act(bob, "signOut").receive()).isEqualTo("closed 2");
        phone.awaitClose();
        laptop.awaitClose();
        assertThat(act(bob, "signOutNobody").receive()).isEqualTo("closed 0");
    }

    private Acceptance subscribeUser(Connection connection) {
        String userId = user(connection);
        connection.subscribe("user:" + userId);
        connection.attributes().put("user", userId);
        return Acceptance.accept();
    }

    private static long signOut(Publisher publisher, String userId) {
        List<String> devices = publisher.members("user:" + userId).toList();
        if (!devices.isEmpty()) {
            return publisher.run(Job.close(devices)).delivered();
        }
        return 0;
    }

    @Test
    void whoIsInARoomAreTheUsersOfItsMembers() throws Exception {
        String room = "lobby";
        start(Routes.builder()
                .onConnect(connection -> {
                    connection.subscribe("room:" + room);
                    return subscribeUser(connection);
                })
                .on("who", (connection, message) -> {
                    Publisher publisher = connection.publisher();
                    Set<String> users = new TreeSet<>();
                    publisher.members("room:" + room).forEach(id -> publisher
                            .attributes(id)
                            .map(attributes -> attributes.get("user"))
                            .ifPresent(users::add));
                    long devices = publisher.members("room:" + room).count();
                    connection.reply(users + " on " + devices);
                }));
        connect("bob");
        connect("ann");
        assertThat(act(connect("ann"), "who").receive()).isEqualTo("[ann, bob] on 3");
    }

    @Test
    void theClientSpeaksFirstAndIsWelcomed() throws Exception {
        start(Routes.builder().on("hello", (connection, message) -> connection.reply("welcome, " + user(connection))));
        assertThat(act(connect("ann"), "hello").receive()).isEqualTo("welcome, ann");
    }
}
