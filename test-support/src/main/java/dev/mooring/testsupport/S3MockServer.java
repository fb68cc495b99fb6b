// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import java.util.List;

/** s3mock, with conditional writes as atomic as in S3. It speaks path-style only and checks no credentials. */
public final class S3MockServer {

    private S3MockServer() {}

    /**
     * Starts a server of its own.
     *
     * @return the server, without buckets; its {@link ForkedJvm#url} is the endpoint
     */
    public static ForkedJvm start() {
        return ForkedJvm.start(
                Servers.classpathFile("s3mock"),
                "dev.mooring.testsupport.s3mock.LockedS3Mock",
                port -> List.of(String.valueOf(port)));
    }
}
