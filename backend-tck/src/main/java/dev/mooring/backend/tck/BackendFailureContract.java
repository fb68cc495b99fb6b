// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link Backend} promises when its store fails, as tests: opening makes no round trip, and every call ends
 * in time in a {@link BackendException} that helps. For a store that is a server, extend {@link ServerFailureContract},
 * which brings the servers that fail.
 */
public abstract class BackendFailureContract {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** For subclasses. */
    protected BackendFailureContract() {}

    /**
     * Opens a backend onto a store that is not there, or that refuses.
     *
     * @param timeout how long a call may take
     * @return the backend; the tests close it
     */
    protected abstract Backend openUnreachable(Duration timeout);

    /**
     * Opens a backend onto a store that takes a call and never answers.
     *
     * @param timeout how long a call may take
     * @return the backend; the tests close it
     */
    protected abstract Backend openSilent(Duration timeout);

    /**
     * The password in the DSN of the backends under test.
     *
     * @return the password, which must not turn up in an error; empty where the store has none
     */
    protected String password() {
        return "";
    }

    /** How long a call with the timeout above may take: much longer, so that a busy machine fails no test. */
    Duration limit() {
        return Duration.ofSeconds(10);
    }

    @Test
    void openingMakesNoRoundTrip() {
        assertTimeoutPreemptively(limit(), () -> openUnreachable(TIMEOUT).close(), "open and close, store unreachable");
        assertTimeoutPreemptively(limit(), () -> openSilent(TIMEOUT).close(), "open and close, store silent");
    }

    @ParameterizedTest
    @EnumSource
    void aStoreThatIsNotThereEndsTheCallInABackendException(StoreCall call) {
        assertFails(call, openUnreachable(TIMEOUT));
    }

    @ParameterizedTest
    @EnumSource
    void aStoreThatNeverAnswersEndsTheCallInABackendException(StoreCall call) {
        assertFails(call, openSilent(TIMEOUT));
    }

    private void assertFails(StoreCall call, Backend backend) {
        BackendException failure = assertTimeoutPreemptively(
                limit(),
                () -> assertThrows(BackendException.class, () -> call.on(backend)),
                call + " with a timeout of " + TIMEOUT);
        assertTimeoutPreemptively(limit(), backend::close, "close after a failure");
        assertThat(failure)
                .as("names store and operation and says what happened, as BackendException's constructor does")
                .hasMessageMatching("(?s).+: " + call + " failed: .+");
        assertThat(failure).as("holds what the store's client reported").hasCauseInstanceOf(Throwable.class);
        if (!password().isEmpty()) {
            assertThat(trace(failure))
                    .as("the failure and its causes hold no secret")
                    .doesNotContain(password());
        }
    }

    private static String trace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
