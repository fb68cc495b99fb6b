// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.util.Pool;

/** A Jedis client, alone or of a cluster, and what Jedis leaves to its user. Thread-safe. */
final class Client {

    private static final ExecutorService CALLING_THREAD = new CallingThread();

    final UnifiedJedis jedis;

    /**
     * How many pipelines may be open. In a cluster a pipeline holds a connection to one node while it waits for one to the
     * next: more pipelines than a node's pool has connections could wait for one another for ever.
     */
    final Semaphore pipelines;

    Client(UnifiedJedis jedis) {
        this.jedis = jedis;
        int most = Integer.MAX_VALUE;
        if (isCluster()) {
            for (Pool<Connection> pool : pools()) {
                most = pool.getMaxTotal() < 0 ? most : Math.min(most, pool.getMaxTotal());
            }
        }
        pipelines = new Semaphore(most);
    }

    /** Refuses clients of which nobody knows whether they speak to a cluster. */
    static UnifiedJedis requireKnown(UnifiedJedis jedis) {
        if (jedis instanceof RedisClient
                || jedis instanceof RedisSentinelClient
                || jedis instanceof RedisClusterClient) {
            return jedis;
        }
        throw new IllegalArgumentException("The client must be a RedisClient, a RedisSentinelClient or a"
                + " RedisClusterClient of Jedis, not a "
                + jedis.getClass().getSimpleName() + ".");
    }

    /** Whether what is sent together reaches several servers, in no common order. */
    boolean isCluster() {
        return jedis instanceof RedisClusterClient;
    }

    AbstractPipeline pipelined() {
        // Left to itself, Jedis starts three threads for each pipeline to a cluster.
        return jedis instanceof RedisClusterClient cluster ? cluster.pipelined(CALLING_THREAD) : jedis.pipelined();
    }

    /** Closes the connections that nobody uses. */
    void dropIdle() {
        pools().forEach(Pool::clear);
    }

    private Collection<? extends Pool<Connection>> pools() {
        if (jedis instanceof RedisClient alone) {
            return List.of(alone.getPool());
        }
        return jedis instanceof RedisClusterClient cluster
                ? cluster.getClusterNodes().values()
                : List.of();
    }

    /** Closes the connections that have been idle for longer than the pool's configuration has it. */
    void dropStale() {
        for (Pool<Connection> pool : pools()) {
            try {
                pool.evict();
            } catch (IllegalStateException e) {
                // closed by now: its node has left the cluster
            } catch (Exception e) {
                throw new IllegalStateException("a pool could not look through its connections", e);
            }
        }
    }
}
