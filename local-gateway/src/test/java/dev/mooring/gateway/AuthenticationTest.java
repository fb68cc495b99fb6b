// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Acceptance;
import dev.mooring.Connection;
import dev.mooring.Handshake;
import dev.mooring.Message;
import dev.mooring.WebSocketApp;
import dev.mooring.lambda.Authorization;
import dev.mooring.lambda.WebSocketLambda;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The recipes of docs/recipes.md for knowing who connects, behind a gateway and with clients. */
class AuthenticationTest {

    private static final String TOKEN = "valid";

    private static Optional<String> verify(String token) {
        return token.equals(TOKEN) ? Optional.of("ann") : Optional.empty();
    }

    /** Answers any message with what it knows of the client. */
    private abstract static class Greeter implements WebSocketApp {

        abstract String user(Connection connection);

        @Override
        public void onMessage(Connection connection, Message message) {
            connection.send("hello " + user(connection));
        }
    }

    private static WebSocketLambda.Builder handler(WebSocketApp app) {
        return WebSocketLambda.builder(app).dsn("memory://");
    }

    private static String greeting(Client client) throws InterruptedException {
        return client.send("who am I?").receive();
    }

    @Test
    void oneFunctionIsAuthorizerAndApp() throws Exception {
        Greeter app = new Greeter() {
            @Override
            String user(Connection connection) {
                return connection.handshake().authorizer().toString();
            }
        };
        try (WebSocketLambda handler = handler(app)
                        .authorizer(handshake -> handshake
                                .query("token")
                                .flatMap(AuthenticationTest::verify)
                                .map(user -> Authorization.allow(user, Map.of("plan", "gold")))
                                .orElse(Authorization.unauthorized()))
                        .build();
                LocalGateway gateway = LocalGateway.builder(handler)
                        .port(0)
                        .authorizer(handler, "route.request.querystring.token")
                        .start()) {
            URI uri = gateway.uri();
            assertThat(greeting(Client.connect(URI.create(uri + "?token=" + TOKEN))))
                    .contains("principalId=ann", "plan=gold");
            assertThat(Client.refusal(URI.create(uri + "?token=forged"))).isEqualTo(401);
            assertThat(Client.refusal(uri)).isEqualTo(401);
        }
    }

    @Test
    void theAppChecksOriginAndToken() throws Exception {
        Greeter app = new Greeter() {
            @Override
            public Acceptance onConnect(Connection connection) {
                Handshake handshake = connection.handshake();
                if (!List.of("https://example.com")
                        .contains(handshake.header("Origin").orElse(""))) {
                    return Acceptance.reject(403);
                }
                Optional<String> user = handshake.query("token").flatMap(AuthenticationTest::verify);
                if (user.isEmpty()) {
                    return Acceptance.reject(401);
                }
                connection.subscribe("user:" + user.get());
                return Acceptance.accept();
            }

            @Override
            String user(Connection connection) {
                return connection.channels().toString();
            }
        };
        try (WebSocketLambda handler = handler(app).build();
                LocalGateway gateway = LocalGateway.builder(handler).port(0).start()) {
            URI uri = URI.create(gateway.uri() + "?token=" + TOKEN);
            Client client =
                    Client.connect(Client.HTTP.newWebSocketBuilder().header("Origin", "https://example.com"), uri);
            assertThat(greeting(client)).isEqualTo("hello [user:ann]");
            assertThat(Client.refusal(uri)).isEqualTo(403);
            try (RawClient refused = RawClient.connect(gateway.uri(), "Origin: https://example.com")) {
                assertThat(refused.status()).isEqualTo(401);
            }
        }
    }

    @Test
    void theTokenComesAsASubprotocol() throws Exception {
        Greeter app = new Greeter() {
            @Override
            public Acceptance onConnect(Connection connection) {
                List<String> offered = connection.handshake().subprotocols();
                if (offered.size() != 2 || !offered.get(0).equals("chat.v1")) {
                    return Acceptance.reject(400);
                }
                Optional<String> user = verify(offered.get(1));
                return user.isPresent() ? Acceptance.accept("chat.v1") : Acceptance.reject(401);
            }

            @Override
            String user(Connection connection) {
                return connection.handshake().header("Sec-WebSocket-Protocol").orElse("whose token is not stored");
            }
        };
        try (WebSocketLambda handler = handler(app).build();
                LocalGateway gateway = LocalGateway.builder(handler).port(0).start()) {
            Client client =
                    Client.connect(Client.HTTP.newWebSocketBuilder().subprotocols("chat.v1", TOKEN), gateway.uri());
            assertThat(client.socket().getSubprotocol()).isEqualTo("chat.v1");
            assertThat(greeting(client)).isEqualTo("hello whose token is not stored");
            assertThat(Client.refusal(gateway.uri())).isEqualTo(400);
            try (RawClient refused = RawClient.connect(gateway.uri(), "Sec-WebSocket-Protocol: chat.v1, forged")) {
                assertThat(refused.status()).isEqualTo(401);
            }
        }
    }
}
