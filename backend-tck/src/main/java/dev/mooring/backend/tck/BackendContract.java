// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import dev.mooring.backend.Backend;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every {@link Backend} promises, as tests. A backend's own test class extends this one and says how to open it:
 *
 * <pre>{@code
 * class RedisBackendContractTest extends BackendContract {
 *     @Override
 *     protected Backend open(InstantSource clock) {
 *         return new RedisBackend(Dsn.parse("redis://localhost:6379"), clock);
 *     }
 * }
 * }</pre>
 *
 * <p>All ids and channels are new with each test, so that the store may keep what earlier tests and earlier runs left
 * behind; only a few names without letters, such as {@code ..}, are used again. One test creates a {@link #crowd}.
 * What a backend does when its store fails is in {@link BackendFailureContract}.
 */
@ExtendWith(TestStoreResolver.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
public abstract class BackendContract
        implements RecordTests,
                UpdateTests,
                ChannelTests,
                ExpiryTests,
                PagingTests,
                ValueTests,
                RaceTests,
                ChurnTests,
                ModelTests,
                LifeCycleTests {

    /** For subclasses. */
    protected BackendContract() {}

    /**
     * Opens the backend under test. Every call within one test opens the same store; the tests close what they open.
     *
     * @param clock what the backend must take for the time, starting now and only ever moved forward by a test
     * @return a backend, each time a new one
     */
    protected abstract Backend open(InstantSource clock);

    /**
     * How many connections the largest test creates. Override this only where the server that the tests run against is
     * too slow for so many, and the store itself is not.
     *
     * @return 10,000
     */
    protected int crowd() {
        return 10_000;
    }
}
