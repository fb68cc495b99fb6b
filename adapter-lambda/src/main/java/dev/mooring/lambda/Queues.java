// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.adapter.JobQueue;
import dev.mooring.adapter.JobQueueProvider;
import java.util.Iterator;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Opens the queue that a URL names, by the one provider that is on the class path. */
final class Queues {

    private Queues() {}

    static JobQueue open(String url) {
        Iterator<JobQueueProvider> providers = providers(Thread.currentThread().getContextClassLoader());
        if (!providers.hasNext()) {
            // a common pool's threads may not see the application
            providers = providers(Queues.class.getClassLoader());
        }
        if (!providers.hasNext()) {
            throw new IllegalArgumentException("MOORING_QUEUE_URL is set, but nothing on the class path opens queues:"
                    + " add the dependency dev.mooring:mooring-queue-sqs. In a shaded jar, merge the META-INF/services"
                    + " files (ServicesResourceTransformer).");
        }
        JobQueueProvider provider = providers.next();
        if (providers.hasNext()) {
            throw new IllegalArgumentException("Several things on the class path open queues: "
                    + provider.getClass().getName() + " and "
                    + providers.next().getClass().getName()
                    + ". Remove all but one, or give queue(...) to the builder.");
        }
        return provider.open(url);
    }

    private static Iterator<JobQueueProvider> providers(@Nullable ClassLoader loader) {
        return ServiceLoader.load(JobQueueProvider.class, loader).iterator();
    }
}
