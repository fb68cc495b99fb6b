// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * The server or cluster of a backend, and the threads that wait for it. Jedis bounds each connect and each read, but not
 * their sum, nor a name look-up: only a thread that can be left behind bounds a call. Thread-safe.
 */
final class Server implements AutoCloseable {

    /** More than any caller waits; keeps the arithmetic from overflowing. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

    private final String name;
    private final Duration timeout;
    private final LazyClient client;
    private final boolean borrowed;
    private final ExecutorService threads = Executors.newCachedThreadPool(Server::thread);
    private volatile boolean closed;

    private Server(String name, Duration timeout, Supplier<UnifiedJedis> maker, boolean borrowed) {
        this.name = name;
        this.timeout = timeout.compareTo(LONGEST_TIMEOUT) < 0 ? timeout : LONGEST_TIMEOUT;
        this.client = new LazyClient(maker);
        this.borrowed = borrowed;
    }

    /** A server with a client of its own, made when it is first needed. */
    static Server own(String name, Duration timeout, Supplier<UnifiedJedis> maker) {
        return new Server(name, timeout, maker, false);
    }

    /** A server with somebody else's client, who closes it. */
    static Server borrowed(String name, Duration timeout, UnifiedJedis jedis) {
        return new Server(name, timeout, () -> jedis, true);
    }

    String name() {
        return name;
    }

    Duration timeout() {
        return timeout;
    }

    Call begin(String operation) {
        if (closed) {
            throw closed();
        }
        return new Call(this, operation);
    }

    /** Runs the work in another thread, which may have to be left behind. */
    <T> Future<T> submit(Callable<T> work) {
        try {
            return threads.submit(work);
        } catch (RejectedExecutionException e) {
            throw closed();
        }
    }

    Client client() throws InterruptedException {
        if (closed) {
            throw closed();
        }
        Client made = client.get();
        if (!borrowed) {
            made.dropStale();
        }
        return made;
    }

    /** Where one connection has broken, those that wait beside it have, too. */
    void dropIdle() {
        client.ifMade(Client::dropIdle);
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        if (!borrowed) {
            client.close();
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("This backend is closed.");
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "mooring-redis");
        thread.setDaemon(true);
        return thread;
    }
}
