// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import java.util.List;

/**
 * DynamoDB Local: in memory, one set of tables whatever the region and credentials, no telemetry. What has expired it
 * removes about every 10 seconds.
 */
public final class DynamoDbLocal {

    private DynamoDbLocal() {}

    /**
     * Starts a server of its own.
     *
     * @return the server, without tables; its {@link ForkedJvm#url} is the endpoint
     */
    public static ForkedJvm start() {
        return ForkedJvm.start(
                Servers.classpathFile("dynamodb-local"),
                "software.amazon.dynamodb.services.local.main.ServerRunner",
                port -> List.of("-inMemory", "-sharedDb", "-disableTelemetry", "-port", String.valueOf(port)));
    }
}
