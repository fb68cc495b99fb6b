// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.BackendException;
import dev.mooring.backend.Dsn;
import dev.mooring.testsupport.DroppedConnects;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A host of many addresses that neither accept nor refuse, as AWS's are to a function in a VPC without an endpoint. */
class DroppedConnectsTest {

    private static final int ADDRESSES = 8;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Test
    void anAttemptLeavesTimeForAnotherOne() throws IOException {
        Host host = new Host();
        try (DroppedConnects dropped = new DroppedConnects();
                DynamoDbClient client =
                        Clients.open(Dsn.parse(Server.dsn("table", dropped.port()) + "&timeout=10s"), host);
                DynamoDbBackend backend = new DynamoDbBackend(client, "table", false, TIMEOUT)) {
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
