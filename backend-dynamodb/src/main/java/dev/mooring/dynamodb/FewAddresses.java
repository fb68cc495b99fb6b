// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The first two addresses of a host. Where connects are dropped, the HTTP client waits for each address in turn, and
 * nothing stops it before the last one, neither a timeout nor an interrupt: a host of AWS may have eight.
 *
 * @param all finds all of them
 */
record FewAddresses(DnsResolver all) implements DnsResolver {

    private static final int MAX = 2;

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = all.resolve(host);
        return Arrays.copyOf(addresses, Math.min(addresses.length, MAX));
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return all.resolveCanonicalHostname(host);
    }
}
