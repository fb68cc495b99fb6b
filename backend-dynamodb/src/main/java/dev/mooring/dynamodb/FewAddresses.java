// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Two addresses of a host, of both families where it has both. Where connects are dropped, the HTTP client waits for
 * each address in turn, and nothing stops it before the last one, neither a timeout nor an interrupt: a host of AWS
 * may have eight.
 *
 * @param all finds all of them
 */
record FewAddresses(DnsResolver all) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = all.resolve(host);
        if (addresses.length < 2) {
            return addresses;
        }
        InetAddress second = addresses[1];
        for (int i = addresses.length - 1; i > 0; i--) {
            if (addresses[i].getClass() != addresses[0].getClass()) {
                second = addresses[i];
            }
        }
        return new InetAddress[] {addresses[0], second};
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return all.resolveCanonicalHostname(host);
    }
}
