// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendProvider;
import dev.mooring.backend.Dsn;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/**
 * Opens {@code redis://} and, with TLS, {@code rediss://}. Public for {@link java.util.ServiceLoader} only.
 *
 * <pre>
 * redis://user:password@host:6379/0?prefix=mooring:&amp;pool_size=8
 * rediss://:password@host1:6379,host2:6379?cluster=true&amp;tls_ca=ca.pem
 * </pre>
 */
public final class RedisBackendProvider implements BackendProvider {

    private static final String DEFAULT_PREFIX = "mooring:";

    /** For {@link java.util.ServiceLoader}. */
    public RedisBackendProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("redis", "rediss");
    }

    @Override
    public Backend open(Dsn dsn) {
        return open(dsn, InstantSource.system());
    }

    static RedisBackend open(Dsn dsn, InstantSource clock) {
        RedisDsn redis = RedisDsn.of(dsn);
        Duration timeout = dsn.timeout();
        Server server = Server.own(redis.toString(), timeout, () -> JedisClients.connect(redis, timeout));
        return new RedisBackend(server, dsn.text("prefix").orElse(DEFAULT_PREFIX), clock);
    }
}
