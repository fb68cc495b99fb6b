// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The server part of a {@link Dsn}: {@code [user[:password]@]host[:port][,host2[:port2]…][/path]}.
 *
 * @param user the user, decoded; empty where none is given
 * @param password the password, decoded; empty where none is given
 * @param hosts the hosts in their order, at least one
 * @param path what follows the first slash, decoded; perhaps empty
 */
public record DsnServer(Optional<String> user, Optional<String> password, List<Host> hosts, String path) {

    private static final Pattern HOST = Pattern.compile(
            "(\\[(?<ipv6>[0-9A-Fa-f:.]+(%25[^\\[\\]\\s]+)?)]|(?<name>[^:\\[\\]\\s=&]*))(:(?<port>[^:]*))?");

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    /** Copies the hosts. */
    public DsnServer {
        hosts = List.copyOf(hosts);
    }

    /**
     * One host.
     *
     * @param name its name or address, IPv6 without brackets; {@code localhost} where none is given
     * @param port its port; empty where none is given
     */
    public record Host(String name, OptionalInt port) {}

    static DsnServer parse(String body) {
        int at = body.lastIndexOf('@');
        String userInfo = at < 0 ? "" : body.substring(0, at);
        int slash = body.indexOf('/', at + 1);
        String authority = slash < 0 ? body.substring(at + 1) : body.substring(at + 1, slash);
        int colon = userInfo.indexOf(':');
        List<Host> hosts = new ArrayList<>();
        for (String host : authority.split(",", -1)) {
            hosts.add(parseHost(host));
        }
        return new DsnServer(
                given("user", colon < 0 ? userInfo : userInfo.substring(0, colon)),
                given("password", colon < 0 ? "" : userInfo.substring(colon + 1)),
                hosts,
                slash < 0 ? "" : PercentCodec.decode("path", body.substring(slash + 1)));
    }

    private static Optional<String> given(String part, String raw) {
        return raw.isEmpty() ? Optional.empty() : Optional.of(PercentCodec.decode(part, raw));
    }

    private static Host parseHost(String text) {
        var matcher = HOST.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidDsnException("A host is malformed. Write host:port, and an IPv6 address in brackets, as in"
                    + " [::1]:6379. In user and password, write '?' as %3F.");
        }
        String name = matcher.group("ipv6") != null ? matcher.group("ipv6") : matcher.group("name");
        String port = matcher.group("port");
        return new Host(
                name.isEmpty() ? "localhost" : PercentCodec.decode("host", name),
                port == null ? OptionalInt.empty() : OptionalInt.of(parsePort(port)));
    }

    private static int parsePort(String text) {
        // what is no port may be a password with an unescaped '?': it stays out of the error
        int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw new InvalidDsnException(
                    "A port must be a number from 1 to 65535. In user and password, write '?' as %3F.");
        }
        return port;
    }

    /** The hosts: the rest is, or in a malformed DSN may be, secret. */
    @Override
    public String toString() {
        return "DsnServer" + hosts;
    }
}
