// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class DroppedConnectsTest {

    @Test
    void aConnectIsNeitherAcceptedNorRefused() throws Exception {
        try (DroppedConnects dropped = new DroppedConnects();
                Socket socket = new Socket()) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), dropped.port());

            assertThatThrownBy(() -> socket.connect(address, 500)).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
