// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

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
import software.amazon.awssdk.services.s3.S3Client;

/** A host of many addresses that neither accept nor refuse, as AWS's are to a function in a VPC without an endpoint. */
class DroppedConnectsTest {

    private static final int ADDRESSES = 8;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Test
    void anAttemptLeavesTimeForAnotherOne() throws IOException {
        Host host = new Host(
                Collections.nCopies(ADDRESSES, InetAddress.getLoopbackAddress()).toArray(new InetAddress[0]));
        String bucket = TestServer.newBucket();
        try (DroppedConnects dropped = new DroppedConnects();
                S3Client client = Clients.open(
                        Dsn.parse("s3://" + bucket + "?region=eu-west-1&timeout=10s&endpoint_url=http://localhost:"
                                + dropped.port()),
                        host);
                S3Backend backend = new S3Backend(client, bucket, "", false, TIMEOUT)) {
            assertThatThrownBy(() -> backend.find("a"))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("find failed: ");
        }

        assertThat(host.lookups).as("an attempt looks the host up").hasValueGreaterThan(1);
    }

    @Test
    void addressesOfBothFamiliesAreTried() throws IOException {
        InetAddress v4 = InetAddress.getByName("192.0.2.1");
        InetAddress otherV4 = InetAddress.getByName("192.0.2.2");
        InetAddress v6 = InetAddress.getByName("2001:db8::1");

        assertThat(few(v4, otherV4, v6)).containsExactly(v4, v6);
        assertThat(few(v6, v4, otherV4)).containsExactly(v6, v4);
        assertThat(few(v4, otherV4)).containsExactly(v4, otherV4);
        assertThat(few(v4)).containsExactly(v4);
    }

    private static InetAddress[] few(InetAddress... all) throws IOException {
        return new FewAddresses(new Host(all)).resolve("host");
    }

    private static final class Host implements DnsResolver {

        final AtomicInteger lookups = new AtomicInteger();
        private final InetAddress[] addresses;

        Host(InetAddress... addresses) {
            this.addresses = addresses;
        }

        @Override
        public InetAddress[] resolve(String host) {
            lookups.incrementAndGet();
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
