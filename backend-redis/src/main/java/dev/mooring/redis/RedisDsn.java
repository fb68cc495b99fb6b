// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.backend.Dsn;
import dev.mooring.backend.DsnServer;
import dev.mooring.backend.InvalidDsnException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * What a DSN says about a Redis.
 *
 * @param hosts the servers, in their order; several only of a cluster
 * @param cluster whether they are of a cluster
 * @param user the ACL user; empty for the default user
 * @param password the password; empty where none is needed
 * @param database the number of the database; 0 in a cluster
 * @param tls makes the connections, verifying the server's certificate; null for connections without TLS
 * @param poolSize how many connections to one server there may be
 */
record RedisDsn(
        Set<HostAndPort> hosts,
        boolean cluster,
        Optional<String> user,
        Optional<String> password,
        int database,
        @Nullable SSLSocketFactory tls,
        int poolSize) {

    private static final int DEFAULT_PORT = 6379;
    private static final int DEFAULT_POOL_SIZE = 8;
    private static final int LARGEST_POOL_SIZE = 1000;
    private static final Pattern DATABASE = Pattern.compile("[0-9]{0,5}");

    static RedisDsn of(Dsn dsn) {
        dsn.allowParameters(Set.of("prefix", "cluster", "pool_size", "tls_ca"));
        DsnServer server = dsn.server();
        // What stands alone before the '@' is a password, as in every Redis URL, not a user.
        boolean alone = server.password().isEmpty();
        RedisDsn redis = new RedisDsn(
                hosts(server),
                dsn.flag("cluster", false),
                alone ? Optional.empty() : server.user(),
                alone ? server.user() : server.password(),
                database(server.path()),
                tls(dsn),
                dsn.number("pool_size", DEFAULT_POOL_SIZE, 1, LARGEST_POOL_SIZE));
        redis.requireConsistency();
        return redis;
    }

    private static Set<HostAndPort> hosts(DsnServer server) {
        Set<HostAndPort> hosts = new LinkedHashSet<>();
        for (DsnServer.Host host : server.hosts()) {
            hosts.add(new HostAndPort(host.name(), host.port().orElse(DEFAULT_PORT)));
        }
        return hosts;
    }

    private static int database(String path) {
        if (!DATABASE.matcher(path).matches()) {
            throw new InvalidDsnException(
                    "What follows the host must be the number of a database, as in" + " redis://localhost:6379/0.");
        }
        return path.isEmpty() ? 0 : Integer.parseInt(path);
    }

    private static @Nullable SSLSocketFactory tls(Dsn dsn) {
        Optional<String> authorities = dsn.text("tls_ca");
        if (dsn.scheme().equals("rediss")) {
            return authorities.isPresent() ? Tls.trusting(authorities.get()) : Tls.ofThisJvm();
        }
        if (authorities.isPresent()) {
            throw new InvalidDsnException("tls_ca needs TLS: write rediss:// instead of redis://.");
        }
        return null;
    }

    private void requireConsistency() {
        if (cluster && database != 0) {
            throw new InvalidDsnException("A cluster has no database but 0.");
        }
        if (!cluster && hosts.size() > 1) {
            throw new InvalidDsnException("Several hosts are possible with cluster=true only.");
        }
    }

    /** The servers, without secrets. */
    @Override
    public String toString() {
        StringJoiner servers = new StringJoiner(",", tls == null ? "redis://" : "rediss://", "/" + database);
        for (HostAndPort host : hosts) {
            String name = host.getHost();
            servers.add((name.contains(":") ? "[" + name + "]" : name) + ":" + host.getPort());
        }
        return servers.toString();
    }
}
