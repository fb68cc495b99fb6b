// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.net.URI;
import java.util.Set;

/** Where the API is reached: {@code ws://host:port/name}. */
record Stage(String name, String host, int port) {

    private static final Set<String> ANY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

    /** The stage of a gateway that listens at a host: a name, an address, or the one that stands for all of them. */
    static Stage at(String name, String host, int port) {
        if (ANY_ADDRESS.contains(host)) {
            return new Stage(name, "localhost", port);
        }
        return new Stage(name, host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host, port);
    }

    /** As in events, where AWS has a host name without a port. */
    String domainName() {
        return host + ":" + port;
    }

    /** What permission to connect is asked for. */
    String connectArn() {
        return "arn:aws:execute-api:us-east-1:000000000000:local/" + name + "/" + RouteTable.CONNECT;
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
