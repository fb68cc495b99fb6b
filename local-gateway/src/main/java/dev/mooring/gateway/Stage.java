// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.net.URI;

/** Where the API is reached: {@code ws://host:port/name}. */
record Stage(String name, String host, int port) {

    /** As in events, where AWS has a host name without a port. */
    String domainName() {
        return host + ":" + port;
    }

    URI uri() {
        return URI.create("ws://" + domainName() + "/" + name);
    }

    URI endpoint() {
        return URI.create("http://" + domainName() + "/" + name);
    }

    /** Whether clients connect at this path. */
    boolean isAt(String path) {
        return path.equals("/" + name) || path.equals("/" + name + "/");
    }
}
