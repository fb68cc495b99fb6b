// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqlite;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.StoredConnection;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What a process of its own does to the database; run by {@link SqliteProcessesTest}. */
final class Traffic {

    private Traffic() {}

    public static void main(String[] arguments) throws Exception {
        try (Backend backend = Backends.open(arguments[1])) {
            switch (arguments[0]) {
                case "count" -> count(backend, arguments[2], Integer.parseInt(arguments[3]));
                case "write" -> write(backend, arguments[2]);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
    }

    /** Adds one to the number in a connection's state, so many times. */
    static void count(Backend backend, String id, int times) {
        for (int i = 0; i < times; i++) {
            Optional<StoredConnection> updated;
            do {
                StoredConnection read = backend.find(id).orElseThrow();
                String next = String.valueOf(Integer.parseInt(read.state()) + 1);
                updated = backend.update(read, new StoredConnection(id, next, read.channels(), read.expiresAt()));
            } while (updated.isEmpty());
        }
    }

    /** Saves, updates and sometimes deletes one connection after the other, and tells of each that it is done. */
    static void write(Backend backend, String prefix) throws InterruptedException {
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            String own = prefix + t + "-";
            threads[t] = new Thread(() -> {
                for (int i = 0; true; i++) {
                    write(backend, own + i, i % 3 == 0);
                    System.out.println((i % 3 == 0 ? "gone " : "kept ") + own + i + ".");
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void write(Backend backend, String id, boolean delete) {
        Instant expiresAt = Instant.now().plusSeconds(600);
        StoredConnection saved = backend.save(new StoredConnection(id, "1", Set.of("first"), expiresAt));
        if (backend.update(saved, new StoredConnection(id, "2", Set.of("second"), expiresAt))
                .isEmpty()) {
            throw new IllegalStateException("the update of " + id + " was lost");
        }
        if (delete && backend.delete(id).isEmpty()) {
            throw new IllegalStateException(id + " was gone");
        }
    }
}
