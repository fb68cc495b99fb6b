// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(120)
@EnabledOnOs(value = OS.LINUX, disabledReason = "The runtime interface client has native libraries for Linux only.")
class FunctionProcessTest {

    /** Does what the event says. */
    public static final class Obedient implements RequestStreamHandler {

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
            switch (event) {
                case "fail" -> throw new IllegalStateException("a bug of the app");
                case "exit" -> Runtime.getRuntime().halt(7);
                case "hang" -> hang();
                case "remaining" -> event = "" + context.getRemainingTimeInMillis();
                case "variable" -> event = System.getenv("VARIABLE") + System.getProperty("property");
                default -> System.out.println("heard " + event);
            }
            output.write(event.getBytes(StandardCharsets.UTF_8));
        }

        private static void hang() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final DeployedFunction OBEDIENT = DeployedFunction.of(Obedient.class);

    private FunctionProcess process;

    @AfterEach
    void close() {
        process.close();
    }

    @Test
    void itAnswersOneEventAfterAnother() throws Exception {
        process = FunctionProcess.start(OBEDIENT);

        String large = "ü".repeat(100_000);
        assertThat(ask("one")).isEqualTo("one");
        assertThat(ask(large)).isEqualTo(large);
        assertThat(ask("")).isEmpty();
        assertThat(process.output()).contains("heard one");
    }

    @Test
    void itHasItsVariablesAndOptions() throws Exception {
        process = FunctionProcess.start(
                OBEDIENT.environment("VARIABLE", "value of ").option("-Dproperty=both"));

        assertThat(ask("variable")).isEqualTo("value of both");
    }

    @Test
    void itKnowsHowMuchTimeRemains() throws Exception {
        process = FunctionProcess.start(OBEDIENT);

        assertThat(Integer.parseInt(ask("remaining"))).isBetween(1, 60_000);
    }

    @Test
    void aFailureIsTheEventsAlone() throws Exception {
        process = FunctionProcess.start(OBEDIENT);

        assertThatThrownBy(() -> ask("fail"))
                .isInstanceOf(FunctionException.class)
                .hasMessageStartingWith("The function failed: ")
                .hasMessageContaining("a bug of the app");
        assertThat(ask("next")).isEqualTo("next");
    }

    @Test
    void aProcessThatEndsFailsItsEventAndTheNext() throws Exception {
        process = FunctionProcess.start(OBEDIENT);
        ask("first");

        assertThatThrownBy(() -> ask("exit"))
                .isInstanceOf(FunctionException.class)
                .hasMessageStartingWith("The function's process ended with status 7. It printed:\n")
                .hasMessageContaining("heard first");
        assertThat(process.isAlive()).isFalse();
        assertThatThrownBy(() -> ask("next")).isInstanceOf(FunctionException.class);
    }

    @Test
    void aProcessThatTakesTooLongIsEnded() throws Exception {
        process = FunctionProcess.start(OBEDIENT);
        ask("first");

        assertThatThrownBy(() -> process.invoke("hang".getBytes(StandardCharsets.UTF_8), Duration.ofMillis(200)))
                .isInstanceOf(FunctionException.class)
                .hasMessageStartingWith("The function did not answer within PT0.2S. It printed:\n");
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aHandlerThatDoesNotStartSaysWhy() throws Exception {
        process = FunctionProcess.start(DeployedFunction.of(TallyHandler.class).dsn("nowhere://x"));

        assertThatThrownBy(() -> ask("first"))
                .isInstanceOf(FunctionException.class)
                .hasMessageStartingWith("The function did not start: ")
                .hasMessageContaining("No backend for the scheme 'nowhere' is on the class path.");
    }

    private String ask(String event) throws FunctionException {
        byte[] answer = process.invoke(event.getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(60));
        return new String(answer, StandardCharsets.UTF_8);
    }
}
