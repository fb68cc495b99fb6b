// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqlite;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.tck.BackendContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database in memory belongs to one backend: what the contract opens are doors to that one. */
class SqliteMemoryContractTest extends BackendContract {

    private volatile InstantSource clock;
    private Backend database;

    @BeforeEach
    void createDatabase() {
        database = new SqliteBackend(SqliteDatabase.of(Dsn.parse("sqlite://:memory:")), () -> clock.instant());
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Override
    protected Backend open(InstantSource clock) {
        this.clock = clock;
        AtomicBoolean closed = new AtomicBoolean();
        return (Backend) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Backend.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        closed.set(true);
                        return null;
                    }
                    if (closed.get()) {
                        throw new IllegalStateException("This door is closed.");
                    }
                    try {
                        return method.invoke(database, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
