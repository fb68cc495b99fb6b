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

    /** The path of a client's connection, as it is sent. */
    String connectionPath(String connectionId) {
        return path + "/@connections/" + UriEncoding.segment(connectionId);
    }

    @Override
    public String toString() {
        return scheme + "://" + host + path;
    }
}
