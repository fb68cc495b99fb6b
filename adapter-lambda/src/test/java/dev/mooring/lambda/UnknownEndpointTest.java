// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.WebSocketApp;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events that do not tell where their clients are reached are answered all the same, unless something is to be sent. */
class UnknownEndpointTest {

    private static final String OK = "{\"statusCode\":200}";
    private static final String FAILED = "{\"statusCode\":500}";

    private final TestContext context = new TestContext();
    private final ConnectionApi local = new ConnectionApi();
    private WebSocketApp app = (connection, message) -> {};
    private final WebSocketLambda handler = WebSocketLambda.builder(
                    (connection, message) -> app.onMessage(connection, message))
            .environment(Map.of("MOORING_DSN", "memory://", "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001"))
            .build();

    UnknownEndpointTest() throws IOException {}

    @AfterEach
    void close() {
        handler.close();
        local.close();
    }

    private String invoke(String event) {
        String domainName = "abcdef1234.execute-api.eu-west-1.amazonaws.com";
        return TestFunction.invoke(handler, event.replace(domainName, local.host()), context);
    }

    private void assertThatTheEndpointIsMissed() {
        assertThat(context.log)
                .singleElement()
                .asString()
                .contains(
                        "java.lang.IllegalStateException: Nothing was sent: the event's domainName is no execute-api host,"
                                + " and the event does not say where the connection API is. On a custom domain, set"
                                + " MOORING_ENDPOINT to https://<domain>[/<mapping key>], without the stage.");
        assertThat(local.requests).isEmpty();
    }

    @Test
    void whatSendsNothingWorks() {
        app = (connection, message) -> connection.attributes().put("nick", "ann");
        assertThat(invoke(Events.connect("a"))).isEqualTo(OK);
        assertThat(invoke(Events.message("a"))).isEqualTo(OK);
        assertThat(invoke(Events.disconnect("a"))).isEqualTo(OK);
        assertThat(context.log).isEmpty();
    }

    @Test
    void aSendFails() {
        app = (connection, message) -> connection.send("hi");
        assertThat(invoke(Events.message("a"))).isEqualTo(FAILED);
        assertThatTheEndpointIsMissed();
    }

    @Test
    void aCloseFails() {
        app = (connection, message) -> connection.close();
        assertThat(invoke(Events.message("a"))).isEqualTo(FAILED);
        assertThatTheEndpointIsMissed();
    }

    @Test
    void aPublishFailsToo() {
        app = (connection, message) -> connection.publisher().broadcast("hi");
        invoke(Events.connect("a"));
        assertThat(invoke(Events.message("a"))).isEqualTo(FAILED);
        assertThatTheEndpointIsMissed();
    }
}
