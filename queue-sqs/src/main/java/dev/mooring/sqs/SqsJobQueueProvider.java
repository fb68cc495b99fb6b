// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqs;

import dev.mooring.adapter.JobQueue;
import dev.mooring.adapter.JobQueueProvider;

/** Opens what {@code MOORING_QUEUE_URL} names. Public for {@link java.util.ServiceLoader} only. */
public final class SqsJobQueueProvider implements JobQueueProvider {

    /** For {@link java.util.ServiceLoader}. */
    public SqsJobQueueProvider() {}

    @Override
    public JobQueue open(String url) {
        return SqsJobQueue.open(url);
    }
}
