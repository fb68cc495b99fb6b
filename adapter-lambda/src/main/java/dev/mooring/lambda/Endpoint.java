// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

/**
 * Where a connection API is reached.
 *
 * @param scheme {@code https}, or {@code http} for a server on this machine
 * @param host host and port as an HTTP client sends them
 * @param path empty, or begins with a slash and ends with none
 * @param region the region that signatures name
 */
record Endpoint(String scheme, String host, String path, String region) {

    boolean isLocal() {
        return scheme.equals("http");
    }

    /** The host without the port; an IPv6 address in brackets. */
    String hostName() {
        return host.substring(0, portColon());
    }

    int port() {
        int colon = portColon();
        return colon < host.length() ? Integer.parseInt(host.substring(colon + 1)) : isLocal() ? 80 : 443;
    }

    /** Where the port begins, or the end. */
    private int portColon() {
        int colon = host.indexOf(':', host.indexOf(']') + 1);
        return colon < 0 ? host.length() : colon;
    }

    /** The path of a client's connection, as it is sent. */
    String connectionPath(String connectionId) {
        return path + "/@connections/" + UriEncoding.segment(connectionId);
    }

    @Override
    public String toString() {
        return scheme + "://" + host + path;
    }
}
