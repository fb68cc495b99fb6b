// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@link BackendFailureContract} for stores that are servers: this class brings a port where nobody listens and one where
 * connections are accepted and nothing is ever said. Which protocol the store speaks does not matter.
 */
public abstract class ServerFailureContract extends BackendFailureContract {

    private final Socket nobody = new Socket();
    private final ServerSocket silent;

    /** For subclasses. */
    protected ServerFailureContract() {
        try {
            silent = new ServerSocket();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens a backend onto a server.
     *
     * @param host its address
     * @param port its port
     * @param timeout how long a call may take
     * @return the backend; the tests close it
     */
    protected abstract Backend open(String host, int port, Duration timeout);

    @Override
    protected final Backend openUnreachable(Duration timeout) {
        return open(nobody.getLocalAddress().getHostAddress(), nobody.getLocalPort(), timeout);
    }

    @Override
    protected final Backend openSilent(Duration timeout) {
        return open(silent.getInetAddress().getHostAddress(), silent.getLocalPort(), timeout);
    }

    @BeforeEach
    void startServers() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        nobody.bind(anyPort); // bound, so that nobody else takes the port, but not listening: connections are refused
        silent.bind(anyPort); // never accepted here: the kernel does, and then nothing comes
    }

    @AfterEach
    void stopServers() throws IOException {
        nobody.close();
        silent.close();
    }

    @Test
    void openingDoesNotEvenConnect() throws IOException {
        try (Backend opened = openSilent(Duration.ofSeconds(1))) {
            silent.setSoTimeout(500);
            assertThatThrownBy(silent::accept)
                    .as("opening %s: nobody connects to the store", opened)
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }
}
