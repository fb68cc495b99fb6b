// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import java.time.Duration;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.UnifiedJedis;

/** Makes the client that a DSN describes. */
final class JedisClients {

    /** Networks forget a connection after some minutes without a word, and do not say so; a new one costs little. */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(1);

    /**
     * One, and another for a redirection; where both fail, Jedis asks at once who serves the slot now. With more attempts
     * it sleeps before it asks, and does not ask at all where the time is over by then: it would never learn who has taken
     * the place of a node that is silent. Further attempts are the call's affair.
     */
    private static final int CLUSTER_ATTEMPTS = 2;

    private JedisClients() {}

    static UnifiedJedis connect(RedisDsn dsn, Duration timeout) {
        JedisClientConfig config = config(dsn, timeout);
        GenericObjectPoolConfig<Connection> pool = pool(dsn, timeout);
        if (!dsn.cluster()) {
            return RedisClient.builder()
                    .hostAndPort(dsn.hosts().iterator().next())
                    .clientConfig(config)
                    .poolConfig(pool)
                    .build();
        }
        return RedisClusterClient.builder()
                .nodes(dsn.hosts())
                .clientConfig(config)
                .poolConfig(pool)
                .maxAttempts(CLUSTER_ATTEMPTS)
                .maxTotalRetriesDuration(timeout)
                .build();
    }

    // Jedis' replacement for ssl() and sslSocketFactory() makes a new TLS context for each connection, and reads no
    // PEM.
    @SuppressWarnings("deprecation")
    private static JedisClientConfig config(RedisDsn dsn, Duration timeout) {
        // another attempt must have time where the first found a dead connection, or in a cluster two a dead node
        Duration attempt = timeout.dividedBy(dsn.cluster() ? 2 * CLUSTER_ATTEMPTS : 2);
        return DefaultJedisClientConfig.builder()
                .timeoutMillis((int) Math.max(1, Math.min(attempt.toMillis(), Integer.MAX_VALUE)))
                // named, as Jedis would open a connection at once to find out
                .protocol(RedisProtocol.RESP2)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .credentials(new DefaultRedisCredentials(
                        dsn.user().orElse(null), dsn.password().orElse(null)))
                .database(dsn.database())
                .ssl(dsn.tls() != null)
                .sslSocketFactory(dsn.tls())
                .build();
    }

    private static GenericObjectPoolConfig<Connection> pool(RedisDsn dsn, Duration timeout) {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(dsn.poolSize());
        pool.setMaxIdle(dsn.poolSize());
        pool.setMaxWait(timeout);
        // no thread that evicts, which would stand still in a frozen function: each call does so first
        pool.setMinEvictableIdleDuration(LONGEST_IDLE);
        pool.setNumTestsPerEvictionRun(-1);
        // costs 85 ms of a cold start
        pool.setJmxEnabled(false);
        return pool;
    }
}
