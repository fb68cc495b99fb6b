// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.BackendException;
import dev.mooring.backend.Dsn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** A host of many addresses that neither accept nor refuse, as AWS's are to a function in a VPC without an endpoint. */
class DroppedConnectsTest {

    private static final int ADDRESSES = 8;

    private final List<SocketChannel> waiting = new ArrayList<>();
    private ServerSocketChannel listener;

    /** More connects than it lets wait: all that follow are dropped. */
    @BeforeEach
    void fillTheBacklog() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        for (int i = 0; i < 8; i++) {
            SocketChannel client = SocketChannel.open();
            waiting.add(client);
            client.configureBlocking(false);
            client.connect(listener.getLocalAddress());
        }
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel client : waiting) {
            client.close();
        }
        listener.close();
    }

    @Test
    void anAttemptLeavesTimeForAnotherOne() {
        Host host = new Host();
        String bucket = TestServer.newBucket();
        String dsn = "s3://" + bucket + "?region=eu-west-1&endpoint_url=http://localhost:"
                + listener.socket().getLocalPort();
        try (S3Client client = Clients.open(Dsn.parse(dsn + "&timeout=4s"), host);
                S3Backend backend = new S3Backend(client, bucket, "", false, Duration.ofSeconds(4))) {
            assertThatThrownBy(() -> backend.find("a"))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("find failed: ");
        }

        assertThat(host.lookups).as("an attempt looks the host up").hasValueGreaterThan(1);
    }

    private static final class Host implements DnsResolver {

        final AtomicInteger lookups = new AtomicInteger();

        @Override
        public InetAddress[] resolve(String host) {
            lookups.incrementAndGet();
            return Collections.nCopies(ADDRESSES, InetAddress.getLoopbackAddress())
                    .toArray(new InetAddress[0]);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
