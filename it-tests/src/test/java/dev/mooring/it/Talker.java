// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testsupport.Await;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;

/** A client that counts without end and keeps book: what was acknowledged must be there, what failed may be. */
final class Talker implements Runnable {

    /** As a client would: else a store that refuses at once fills the log. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private final LedgerClient client;
    private final Lock turn;
    private final AtomicLong acknowledged = new AtomicLong();
    private long failed;
    private long last;
    private volatile boolean silent;

    /** A client that says something only while it holds the turn. */
    Talker(LedgerClient client, Lock turn) {
        this.client = client;
        this.turn = turn;
    }

    @Override
    public void run() {
        while (!silent) {
            turn.lock();
            try {
                client.tryTo("add").ifPresentOrElse(this::note, this::fail);
            } finally {
                turn.unlock();
            }
        }
    }

    private void fail() {
        failed++;
        Await.pause(PATIENCE);
    }

    private void note(Map<?, ?> answer) {
        long count = (Long) answer.get("count");
        assertThat(count)
                .as("each count is higher than what was acknowledged before it")
                .isGreaterThan(last);
        last = count;
        acknowledged.incrementAndGet();
    }

    /** How often it was told that it had counted. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** Ends after the answer that is due. */
    void fallSilent() {
        silent = true;
    }

    /** Once it is silent: the connection is as the client was told. */
    void assertNothingWasLost(String channel) {
        Map<?, ?> seen = client.ask("look");
        assertThat((Long) seen.get("count"))
                .as("%d additions acknowledged, %d failed", acknowledged(), failed)
                .isBetween(acknowledged(), acknowledged() + failed);
        assertThat(seen.get("channels").toString()).isEqualTo("[" + channel + "]");
        assertThat(client.isOpen()).isTrue();
    }
}
