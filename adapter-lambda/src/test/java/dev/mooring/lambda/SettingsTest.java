// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mooring.Connection;
import dev.mooring.Message;
import dev.mooring.WebSocketApp;
import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Settings come from the builder, else from the environment; what is missing or wrong is said at once. */
class SettingsTest implements WebSocketApp {

    private final TestContext context = new TestContext();
    private final ConnectionApi api = new ConnectionApi();
    private final Map<String, String> environment = new HashMap<>(Map.of("MOORING_DSN", "memory://"));

    SettingsTest() throws IOException {}

    @Override
    public void onMessage(Connection connection, Message message) {
        connection.reply("hi");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private WebSocketLambda.Builder builder() {
        return WebSocketLambda.builder(this).environment(environment);
    }

    private String message(WebSocketLambda handler) {
        try (handler) {
            return TestFunction.invoke(handler, Events.message("a"), context);
        }
    }

    private String localMessage(WebSocketLambda handler) {
        String event = Events.message("a")
                .replace("abcdef1234.execute-api.eu-west-1.amazonaws.com", api.host())
                .replace("\"prod\"", "\"dev\"");
        try (handler) {
            return TestFunction.invoke(handler, event, context);
        }
    }

    @Test
    void aHandlerIsMadeByAConstructorWithoutParameters() {
        class Chat extends WebSocketLambda {
            Chat() {
                super(SettingsTest.this.builder());
            }
        }
        assertThat(localMessage(new Chat())).isEqualTo("{\"statusCode\":200}");
        assertThat(api.seen()).containsExactly("POST /dev/@connections/a hi");
    }

    @Test
    void theDsnIsRequired() {
        environment.clear();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().build())
                .withMessage("Where connections are kept is not set: set MOORING_DSN, for example to"
                        + " dynamodb://connections, or give dsn(...) or backend(...) to the builder.");
    }

    @Test
    void aHandlerWithoutBuilderNeedsTheDsnToo() {
        class Chat extends WebSocketLambda {
            Chat() {
                super(SettingsTest.this);
            }
        }
        assertThatIllegalArgumentException().isThrownBy(Chat::new).withMessageContaining("set MOORING_DSN");
    }

    @Test
    void aDsnAndABackendAreOneTooMany() {
        try (Backend backend = Backends.open("memory://")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder()
                            .dsn("memory://")
                            .backend(backend, Duration.ofHours(2))
                            .build())
                    .withMessage("Both dsn(...) and backend(...) are set: give one of them to the builder.");
        }
    }

    @Test
    void theBuildersDsnWins() {
        environment.put("MOORING_DSN", "no dsn");
        assertThatCode(() -> builder().dsn("memory://").build().close()).doesNotThrowAnyException();
    }

    @Test
    void aWrongDsnIsRefusedAtOnce() {
        environment.put("MOORING_DSN", "nosuch://user:s3cr3t@host");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().build())
                .withMessageStartingWith("No backend for the scheme 'nosuch' is on the class path.")
                .withMessageNotContaining("s3cr3t");
    }

    @Test
    void aBackendThatWasGivenStaysOpen() {
        try (Backend backend = Backends.open("memory://")) {
            WebSocketLambda handler =
                    builder().backend(backend, Duration.ofHours(2)).build();
            TestFunction.invoke(handler, Events.connect("a"), context);
            handler.close();
            handler.close();
            assertThat(backend.find("a")).isPresent();
        }
    }

    @Test
    void aBackendThatWasOpenedIsClosedWithTheHandler() {
        WebSocketLambda handler = builder().build();
        handler.close();
        handler.close();
        assertThat(TestFunction.invoke(handler, Events.connect("a"), context)).isEqualTo("{\"statusCode\":500}");
        assertThat(context.log).singleElement().asString().contains("closed");
    }

    @Test
    void theEnvironmentSaysThatRoutesAreTwoWay() {
        environment.put("MOORING_TWO_WAY", "true");
        assertThat(localMessage(builder().build())).isEqualTo("{\"statusCode\":200,\"body\":\"hi\"}");
        assertThat(localMessage(builder().twoWay(false).build())).isEqualTo("{\"statusCode\":200}");
        environment.put("MOORING_TWO_WAY", "false");
        assertThat(localMessage(builder().build())).isEqualTo("{\"statusCode\":200}");
        assertThat(localMessage(builder().twoWay(true).build())).isEqualTo("{\"statusCode\":200,\"body\":\"hi\"}");
        environment.put("MOORING_TWO_WAY", "yes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().build())
                .withMessage("MOORING_TWO_WAY is either true or false.");
    }

    @Test
    void theBuildersEndpointWins() {
        environment.put("MOORING_ENDPOINT", "http://localhost:1/elsewhere");
        assertThat(message(builder().endpoint(api.endpoint()).build())).isEqualTo("{\"statusCode\":200}");
        assertThat(api.seen()).containsExactly("POST /prod/@connections/a hi");
    }

    @Test
    void theEnvironmentNamesTheEndpointInLambdaToo() {
        environment.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001");
        environment.put("MOORING_ENDPOINT", "http://" + api.host() + "/v1");
        assertThat(message(builder().build())).isEqualTo("{\"statusCode\":200}");
        assertThat(api.seen()).containsExactly("POST /v1/@connections/a hi");
    }

    @Test
    void aWrongEndpointIsRefusedBeforeTheBackendIsOpened() {
        environment.put("MOORING_ENDPOINT", "http://chat.example.com");
        environment.put("MOORING_DSN", "nosuch://");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().build())
                .withMessageStartingWith("The endpoint is not https.");
    }

    @Test
    void aLaptopNeedsNoCredentials() {
        assertThat(localMessage(builder().build())).isEqualTo("{\"statusCode\":200}");
        assertThat(api.requests.get(0).headers().get("authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=local/")
                .contains("/us-east-1/execute-api/");
    }

    @Test
    void theEnvironmentsCredentialsAreUsed() {
        environment.put("AWS_ACCESS_KEY_ID", "ASIA1");
        environment.put("AWS_SECRET_ACCESS_KEY", "s3cr3t");
        environment.put("AWS_SESSION_TOKEN", "t0ken");
        environment.put("AWS_REGION", "eu-west-1");
        localMessage(builder().build());
        assertThat(api.requests.get(0).headers())
                .containsEntry("x-amz-security-token", "t0ken")
                .hasEntrySatisfying(
                        "authorization",
                        value -> assertThat(value).contains("Credential=ASIA1/").contains("/eu-west-1/"));
    }

    @Test
    void credentialsAreAskedForBeforeEachPost() {
        int[] calls = {0};
        try (WebSocketLambda handler = builder()
                .endpoint(api.endpoint())
                .credentials(() -> new Credentials("key" + ++calls[0], "s3cr3t", null))
                .build()) {
            TestFunction.invoke(handler, Events.message("a"), context);
            TestFunction.invoke(handler, Events.message("a"), context);
        }
        assertThat(api.requests.get(0).headers().get("authorization")).contains("Credential=key1/");
        assertThat(api.requests.get(1).headers().get("authorization")).contains("Credential=key2/");
    }

    @Test
    void missingCredentialsAreAnError() {
        environment.put("AWS_ACCESS_KEY_ID", "ASIA1");
        CredentialsProvider provider = new EnvironmentCredentials(new Environment(environment), null);
        assertThatIllegalStateException()
                .isThrownBy(provider::get)
                .withMessage(
                        "There are no AWS credentials to sign with: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are"
                                + " not both set. Lambda sets them; elsewhere set them, or give credentials(...) to the builder.");
        WebSocketLambda handler = builder()
                .endpoint(URI.create("https://a1.execute-api.eu-west-1.amazonaws.com/prod"))
                .build();
        assertThat(message(handler)).isEqualTo("{\"statusCode\":500}");
        assertThat(context.log).singleElement().asString().contains("There are no AWS credentials");
    }
}
