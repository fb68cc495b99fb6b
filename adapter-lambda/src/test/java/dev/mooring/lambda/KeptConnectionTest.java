// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mooring.SendException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** A connection that is kept may be dead when it is used again: a message arrives at most once. */
class KeptConnectionTest {

    private static ManagementApi gateway(KeptServer server) {
        return new ManagementApi(
                new Endpoint("http", server.host(), "", "eu-west-1"),
                () -> EnvironmentCredentials.LOCAL,
                new HttpCaller(2_000, 5_000),
                InstantSource.system());
    }

    private static boolean post(ManagementApi gateway, String text) {
        return gateway.post("a", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aConnectionThatWasClosedWhileIdleIsReplaced() throws Exception {
        try (KeptServer server = new KeptServer(KeptServer.Breach.WHILE_IDLE)) {
            ManagementApi gateway = gateway(server);
            assertThat(post(gateway, "one")).isTrue();
            server.broken.await();
            assertThat(post(gateway, "two")).isTrue();
            assertThat(server.received).containsExactly("POST one", "POST two");
        }
    }

    @Test
    void aMessageThatGotNoAnswerIsNotSentAgain() throws Exception {
        try (KeptServer server = new KeptServer(KeptServer.Breach.AFTER_THE_NEXT_REQUEST)) {
            ManagementApi gateway = gateway(server);
            assertThat(post(gateway, "one")).isTrue();
            SendException failure = catchThrowableOfType(SendException.class, () -> post(gateway, "two"));
            assertThat(failure.status()).isZero();
            assertThat(post(gateway, "three")).isTrue();
            assertThat(server.received).containsExactly("POST one", "POST two", "POST three");
        }
    }

    @Test
    void aCloseMayBeRepeated() throws Exception {
        try (KeptServer server = new KeptServer(KeptServer.Breach.AFTER_THE_NEXT_REQUEST)) {
            ManagementApi gateway = gateway(server);
            assertThat(post(gateway, "one")).isTrue();
            assertThat(gateway.close("a")).isTrue();
            assertThat(server.received).containsExactly("POST one", "DELETE ", "DELETE ");
        }
    }
}
