// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import java.util.List;

/** ElasticMQ, a server that speaks SQS: in memory, checks no credentials. */
public final class ElasticMq {

    private ElasticMq() {}

    /**
     * Starts a server of its own.
     *
     * @return the server, without queues; its {@link ForkedJvm#url} is the endpoint
     */
    public static ForkedJvm start() {
        return ForkedJvm.start(
                Servers.classpathFile("elasticmq"),
                "dev.mooring.testsupport.elasticmq.ElasticMqMain",
                port -> List.of(String.valueOf(port)));
    }
}
