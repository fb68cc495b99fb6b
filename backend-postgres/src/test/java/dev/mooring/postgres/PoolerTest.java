// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Backends;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A pooler whose server is not there for the moment says so with connection_failure, 08006. */
class PoolerTest {

    private final AtomicInteger refusals = new AtomicInteger();

    @Test
    void itIsAskedAgainUntilTheTimeIsUp() throws Exception {
        try (ServerSocket pooler = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            new Thread(() -> refuse(pooler)).start();
            try (Backend backend = Backends.open(
                    "postgresql://app@localhost:" + pooler.getLocalPort() + "/db?sslmode=disable&timeout=3s")) {
                assertThatThrownBy(() -> backend.find("a"))
                        .isInstanceOf(BackendException.class)
                        .hasMessageContaining("backend unavailable");
            }
        }

        assertThat(refusals).hasValueGreaterThan(1);
    }

    private void refuse(ServerSocket pooler) {
        try {
            while (true) {
                try (Socket socket = pooler.accept()) {
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    in.readNBytes(in.readInt() - Integer.BYTES);
                    String fields = "SFATAL\0VFATAL\0C08006\0Mbackend unavailable\0\0";
                    byte[] answer = ("E\0\0\0" + (char) (fields.length() + Integer.BYTES) + fields)
                            .getBytes(StandardCharsets.ISO_8859_1);
                    socket.getOutputStream().write(answer);
                    refusals.incrementAndGet();
                }
            }
        } catch (IOException e) {
            // the test is over
        }
    }
}
