// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

class LazyClientTest {

    /** A call whose time is over interrupts its thread; while all servers hang, there would be ever more of these. */
    @Test
    void whoIsInterruptedDoesNotWaitForAnotherToConnect() throws Exception {
        CountDownLatch connecting = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        LazyClient client = new LazyClient(() -> connect(connecting, answer));
        Thread first = new Thread(new FutureTask<>(client::get));
        Thread second = new Thread(new FutureTask<>(client::get));
        first.start();
        connecting.await();
        second.start();

        second.interrupt();

        try {
            second.join(TimeUnit.MINUTES.toMillis(1));
            assertThat(second.isAlive()).isFalse();
        } finally {
            answer.countDown();
        }
    }

    private static UnifiedJedis connect(CountDownLatch connecting, CountDownLatch answer) {
        connecting.countDown();
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throw new JedisConnectionException("none");
    }
}
