/**
 * Keeps connections in Redis or Valkey, alone or as a cluster: {@link dev.mooring.redis.RedisBackend}, which also tells
 * what is stored where.
 */
@NullMarked
package dev.mooring.redis;

import org.jspecify.annotations.NullMarked;
