// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Connection;
import dev.mooring.backend.Backends;
import dev.mooring.json.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What fails is logged, and answered without details. */
class FailureTest extends AppTest {

    private static final String FAILED = "{\"statusCode\":500}";

    @Test
    void anAppThatFailsIsLoggedAndAnsweredWithoutDetails() {
        onConnect = connection -> {
            throw new IllegalStateException("s3cr3t");
        };
        assertThat(function.invoke(Events.read("connect.json"))).isEqualTo(FAILED);
        assertThat(function.log()).hasSize(1);
        assertThat(function.log().get(0))
                .startsWith(
                        "CONNECT of connection L0SM9cOFvHcCIhw= failed, API Gateway request R1koeHsUtjMFbRw=, Lambda"
                                + " request 6bc28136-xmpl-4365-b021-0ce6b2e64ab0: java.lang.IllegalStateException: s3cr3t\n\tat ")
                .contains("FailureTest")
                .doesNotContain("Mozilla");
        assertThat(disconnect(Events.ID)).isEqualTo(OK);
        assertThat(left).isEmpty();
    }

    @Test
    void theClientOfATwoWayRouteHearsThatItsMessageFailed() {
        onMessage = connection -> {
            throw new IllegalStateException("s3cr3t");
        };
        try (TestFunction twoWay = new TestFunction(this, builder -> builder.twoWay(true))) {
            twoWay.invoke(Events.connect("a"));
            assertThat(Json.parse(twoWay.invoke(Events.message("a"))))
                    .isEqualTo(Map.of(
                            "statusCode",
                            500L,
                            "body",
                            "{\"message\": \"Internal server error\", \"connectionId\":\"a\","
                                    + " \"requestId\":\"L0SM-FnyPHcFmKg=\"}"));
        }
    }

    @Test
    void whatAFailedMessageChangedIsDiscarded() {
        connect("a");
        onMessage = connection -> {
            connection.attributes().put("nick", "ann");
            throw new UnsupportedOperationException();
        };
        assertThat(message("a")).isEqualTo(FAILED);
        onMessage = connection -> connection.send("still " + connection.attributes());
        assertThat(message("a")).isEqualTo(OK);
        assertThat(function.api.seen()).containsExactly("POST /prod/@connections/a still {}");
    }

    @Test
    void anAppThatFailsAtDisconnectIsLogged() {
        onDisconnect = connection -> {
            throw new IllegalStateException("too late");
        };
        connect("a");
        assertThat(disconnect("a")).isEqualTo(FAILED);
        assertThat(function.log()).singleElement().asString().startsWith("DISCONNECT of connection a failed");
        assertThat(disconnect("a")).isEqualTo(OK);
    }

    @Test
    void aBackendThatFailsIsLoggedAndAnsweredWithoutDetails() {
        var backend = Backends.open("memory://");
        backend.close();
        try (TestFunction broken = new TestFunction(this, builder -> builder.backend(backend, Duration.ofHours(2)))) {
            assertThat(broken.invoke(Events.connect("a"))).isEqualTo(FAILED);
            assertThat(broken.log()).singleElement().asString().contains("This backend is closed.");
        }
    }

    @Test
    void anErrorReachesLambda() {
        onMessage = connection -> {
            throw new NoClassDefFoundError("org/postgresql/Driver");
        };
        connect("a");
        assertThatThrownBy(() -> message("a")).isInstanceOf(NoClassDefFoundError.class);
        onMessage = this::overflow;
        assertThatThrownBy(() -> message("a")).isInstanceOf(StackOverflowError.class);
        onMessage = connection -> connection.send("still here");
        assertThat(message("a")).isEqualTo(OK);
        assertThat(function.api.seen()).containsExactly("POST /prod/@connections/a still here");
    }

    @SuppressWarnings("InfiniteRecursion")
    private void overflow(Connection connection) {
        overflow(connection);
    }

    @Test
    void aMessageOver128KilobytesIsRefusedBeforeItIsPosted() {
        onMessage = connection -> connection.send("x".repeat(131_073));
        connect("a");
        assertThat(message("a")).isEqualTo(FAILED);
        assertThat(function.log())
                .singleElement()
                .asString()
                .contains("The message has 131073 bytes, and at most 131072");
        onMessage = connection -> connection.send("x".repeat(131_072));
        assertThat(message("a")).isEqualTo(OK);
        assertThat(function.api.requests).singleElement().satisfies(request -> assertThat(request.body())
                .hasSize(131_072));
    }

    @Test
    void aPostThatIsForbiddenFailsTheEvent() {
        onMessage = connection -> connection.send("hi");
        connect("a");
        function.api.answer(403);
        assertThat(message("a")).isEqualTo(FAILED);
        assertThat(function.log()).singleElement().asString().contains("needs execute-api:ManageConnections");
    }
}
