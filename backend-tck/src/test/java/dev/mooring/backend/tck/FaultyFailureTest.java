// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectIteration;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The contract finds backends that fail the wrong way. */
class FaultyFailureTest {

    private static final String UNREACHABLE = "aStoreThatIsNotThereEndsTheCallInABackendException";
    private static final String SILENT = "aStoreThatNeverAnswersEndsTheCallInABackendException";

    @Test
    void waitingForEverIsCaught() {
        assertCaught(WaitsForEver.class, firstCall(WaitsForEver.class, SILENT));
    }

    @Test
    void connectingWhenOpenedIsCaught() {
        assertCaught(ConnectsAtOnce.class, selectMethod(ConnectsAtOnce.class, "openingDoesNotEvenConnect"));
        assertCaught(ConnectsAtOnce.class, selectMethod(ConnectsAtOnce.class, "openingMakesNoRoundTrip"));
    }

    @Test
    void anotherExceptionIsCaught() {
        assertCaught(ThrowsItsOwn.class, firstCall(ThrowsItsOwn.class, UNREACHABLE));
    }

    @Test
    void aSecretInACauseIsCaught() {
        assertCaught(TellsThePassword.class, firstCall(TellsThePassword.class, UNREACHABLE));
    }

    @Test
    void aMissingCauseIsCaught() {
        assertCaught(KeepsTheCause.class, firstCall(KeepsTheCause.class, UNREACHABLE));
    }

    @Test
    void theWrongOperationIsCaught() {
        assertCaught(MistakesTheOperation.class, firstCall(MistakesTheOperation.class, UNREACHABLE));
    }

    static class WaitsForEver extends SocketBackendFailureTest {
        @Override
        protected Backend open(String host, int port, Duration timeout) {
            return new SocketBackend(host, port, Duration.ZERO);
        }

        @Override
        Duration limit() {
            return Duration.ofSeconds(2);
        }
    }

    static class ConnectsAtOnce extends SocketBackendFailureTest {
        @Override
        protected Backend open(String host, int port, Duration timeout) {
            try {
                new Socket(host, port).close();
                return new SocketBackend(host, port, timeout);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static class ThrowsItsOwn extends SocketBackendFailureTest {
        @Override
        protected Backend open(String host, int port, Duration timeout) {
            return new SocketBackend(host, port, timeout) {
                @Override
                RuntimeException failure(String operation, IOException cause) {
                    return new IllegalArgumentException("socket: " + operation + " failed: ", cause);
                }
            };
        }
    }

    static class TellsThePassword extends SocketBackendFailureTest {
        @Override
        protected Backend open(String host, int port, Duration timeout) {
            return new SocketBackend(host, port, timeout) {
                @Override
                RuntimeException failure(String operation, IOException cause) {
                    return new BackendException(
                            "socket", operation, "no answer", new IOException("not for user:" + password(), cause));
                }
            };
        }
    }

    static class KeepsTheCause extends SocketBackendFailureTest {
        @Override
        protected Backend open(String host, int port, Duration timeout) {
            return new SocketBackend(host, port, timeout) {
                @Override
                RuntimeException failure(String operation, IOException cause) {
                    return new BackendException("socket", operation, "no answer", null);
                }
            };
        }
    }

    static class MistakesTheOperation extends SocketBackendFailureTest {
        @Override
        protected Backend open(String host, int port, Duration timeout) {
            return new SocketBackend(host, port, timeout) {
                @Override
                RuntimeException failure(String operation, IOException cause) {
                    return super.failure("call", cause);
                }
            };
        }
    }

    private static DiscoverySelector firstCall(Class<?> contract, String test) {
        return selectIteration(selectMethod(contract, test, StoreCall.class), 0);
    }

    private static void assertCaught(Class<?> contract, DiscoverySelector test) {
        var events =
                EngineTestKit.engine("junit-jupiter").selectors(test).execute().testEvents();

        assertThat(events.started().count()).as("tests run on %s", contract).isOne();
        assertThat(events.failed().count()).as("tests failed on %s", contract).isOne();
    }
}
