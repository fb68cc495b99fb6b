// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testsupport.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Clients that talk all the time, and newcomers, while something goes wrong. */
final class Traffic implements AutoCloseable {

    private static final int TALKERS = 4;

    private final Site site;
    private final String channel = "room-" + UUID.randomUUID();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Talker> talkers = new ArrayList<>();
    private final List<Future<?>> talks = new ArrayList<>();
    private final List<LedgerClient> newcomers = new ArrayList<>();
    private final Future<?> arrivals;
    private final ReadWriteLock pausing = new ReentrantReadWriteLock(true);
    private volatile boolean closed;

    /** Lets clients in and waits until each was understood. */
    Traffic(Site site) {
        this.site = site;
        for (int i = 0; i < TALKERS; i++) {
            LedgerClient client = site.connect();
            client.ask("join", "channel", channel);
            Talker talker = new Talker(client, pausing.readLock());
            talkers.add(talker);
            talks.add(threads.submit(talker));
        }
        arrivals = threads.submit(this::letNewcomersIn);
        try {
            awaitProgress();
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    private void letNewcomersIn() {
        while (!closed) {
            pausing.readLock().lock();
            try {
                newcomers.add(site.connect());
            } catch (CompletionException e) {
                // refused, as it should be where the connection cannot be stored
            } finally {
                pausing.readLock().unlock();
            }
            Await.pause(Duration.ofMillis(100));
        }
    }

    /** Returns when nobody is waiting for an answer; nobody says anything until {@link #goOn}. */
    void pause() {
        pausing.writeLock().lock();
    }

    /** Ends a pause, by whoever began it. */
    void goOn() {
        pausing.writeLock().unlock();
    }

    /** Waits until each client was told again that it had counted: the function has recovered. */
    void awaitProgress() {
        for (Talker talker : talkers) {
            long before = talker.acknowledged();
            Await.until("every client is answered", () -> talker.acknowledged() > before + 1 || hasEnded());
        }
    }

    private boolean hasEnded() {
        return talks.stream().anyMatch(Future::isDone);
    }

    /** Ends the talk: what was acknowledged is there, whoever was let in is known, nobody is missed. */
    void assertNothingWasLost() throws Exception {
        closed = true;
        talkers.forEach(Talker::fallSilent);
        for (Future<?> talk : talks) {
            talk.get(2 * LedgerClient.LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        arrivals.get(2 * LedgerClient.LIMIT_SECONDS, TimeUnit.SECONDS);
        for (Talker talker : talkers) {
            talker.assertNothingWasLost(channel);
        }
        for (LedgerClient newcomer : newcomers) {
            assertThat(newcomer.ask("add").get("count"))
                    .as("who was let in is known")
                    .isEqualTo(1L);
        }
        assertThat(newcomers
                        .get(0)
                        .ask("say", "channel", channel, "text", "all")
                        .get("delivered"))
                .isEqualTo((long) TALKERS);
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
    }
}
