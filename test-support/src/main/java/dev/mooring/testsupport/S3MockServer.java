// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** s3mock, with conditional writes as atomic as in S3. It speaks path-style only and checks no credentials. */
public final class S3MockServer {

    /** The server's main class; its only argument is the port. */
    public static final String MAIN_CLASS = "dev.mooring.testsupport.s3mock.LockedS3Mock";

    private S3MockServer() {}

    /**
     * Starts a server of its own.
     *
     * @return the server, without buckets; its {@link ForkedJvm#url} is the endpoint
     */
    public static ForkedJvm start() {
        return ForkedJvm.start(Servers.classpathFile("s3mock"), MAIN_CLASS, port -> List.of(String.valueOf(port)));
    }

    /**
     * What the server runs on, for one that is started elsewhere.
     *
     * @return its jars and folders of classes
     * @throws UncheckedIOException if the build did not write it
     */
    public static List<Path> classPath() {
        try {
            return ForkedJvm.classPath(Servers.classpathFile("s3mock"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
