// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/** A client that is made when it is first needed: a cluster's client connects as soon as it is made. Thread-safe. */
final class LazyClient implements AutoCloseable {

    private final Supplier<UnifiedJedis> maker;
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable Client client;
    private volatile boolean closed;

    LazyClient(Supplier<UnifiedJedis> maker) {
        this.maker = maker;
    }

    /** The client; a failure to make it is not kept. Whoever is interrupted does not wait for another to make it. */
    Client get() throws InterruptedException {
        Client made = client;
        return made == null ? make() : made;
    }

    private Client make() throws InterruptedException {
        making.lockInterruptibly();
        try {
            Client made = client;
            if (made == null) {
                made = new Client(maker.get());
                client = made;
                if (closed) {
                    made.jedis.close();
                }
            }
            return made;
        } finally {
            making.unlock();
        }
    }

    void ifMade(Consumer<Client> action) {
        Client made = client;
        if (made != null) {
            action.accept(made);
        }
    }

    /** Does not wait for a client in the making. */
    @Override
    public void close() {
        closed = true;
        ifMade(made -> made.jedis.close());
    }
}
