// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Dsn;
import dev.mooring.testsupport.Await;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

/** The pool of the client that a DSN describes. */
class PoolTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final RedisProcess redis = RedisProcess.start();
    private final RedisClient client =
            (RedisClient) JedisClients.connect(RedisDsn.of(Dsn.parse("redis://127.0.0.1:" + redis.port())), TIMEOUT);
    private final Backend backend =
            new RedisBackend(Server.own("redis", TIMEOUT, () -> client), "mooring:", InstantSource.system());

    @AfterEach
    void stop() {
        backend.close();
        redis.close();
    }

    @Test
    void aConnectionIsUsedAgain() {
        backend.find("a");
        String first = connection();
        backend.find("a");

        assertThat(connection()).isEqualTo(first);
    }

    @Test
    void aConnectionThatWasIdleForTooLongIsNot() throws InterruptedException {
        client.getPool().setMinEvictableIdleDuration(Duration.ofMillis(10));
        backend.find("a");
        String first = connection();
        Thread.sleep(50);
        backend.find("a");

        assertThat(connection()).isNotEqualTo(first);
    }

    @Test
    void whereOneConnectionHasBrokenTheIdleOnesGoWithIt() {
        client.getPool().addObjects(3);
        redis.run(Protocol.Command.CLIENT, "KILL", "TYPE", "normal", "SKIPME", "yes");

        backend.find("a");

        assertThat(client.getPool().getNumIdle()).isEqualTo(1);
    }

    @Test
    void thePoolIsUnknownToJmx() throws MalformedObjectNameException {
        backend.find("a");

        assertThat(ManagementFactory.getPlatformMBeanServer()
                        .queryNames(new ObjectName("org.apache.commons.pool2:*"), null))
                .isEmpty();
    }

    @Test
    void closingTheBackendClosesItsConnections() {
        backend.find("a");
        backend.close();

        Await.until("the server has heard of it", () -> connection().isEmpty());
    }

    /** The number that the server gave the backend's connection; empty where there is none. */
    private String connection() {
        return redis.run(Protocol.Command.CLIENT, "LIST")
                .lines()
                .filter(line -> !line.contains("cmd=client"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findAny()
                .orElse("");
    }
}
