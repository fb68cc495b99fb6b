// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import dev.mooring.backend.Dsn;
import dev.mooring.testsupport.ForkedJvm;
import dev.mooring.testsupport.S3MockServer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The server that all tests share, started on first use; it ends with this JVM. */
final class TestServer {

    static final String SECRET = "very-secret";

    private static final ForkedJvm SERVER = S3MockServer.start();
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    static {
        // where the SDK looks if it is not told; the server takes any
        System.setProperty("aws.accessKeyId", "AKIATEST");
        System.setProperty("aws.secretAccessKey", SECRET);
    }

    private TestServer() {}

    static int port() {
        return SERVER.port();
    }

    static String url() {
        return SERVER.url();
    }

    /** A name that no bucket has yet. */
    static String newBucket() {
        return "bucket-" + BUCKETS.incrementAndGet();
    }

    /** Opens the backend of a DSN that lacks endpoint and region. */
    static S3Backend open(String dsn, InstantSource clock) {
        return openAt(url(), dsn, clock);
    }

    static S3Backend openAt(String endpoint, String dsn, InstantSource clock) {
        String separator = dsn.contains("?") ? "&" : "?";
        String timeout = dsn.contains("timeout=") ? "" : "&timeout=60s"; // a busy machine fails no test
        return S3BackendProvider.open(
                Dsn.parse(dsn + separator + "region=eu-west-1&endpoint_url=" + endpoint + timeout), clock);
    }

    /** Opens the backend that a user opens over a client, but patient. */
    static S3Backend open(S3Client client, String bucket) {
        return new S3Backend(client, bucket, "", true, Duration.ofSeconds(60));
    }

    /** A client as a user might make it, with interceptors. */
    static S3Client client(ExecutionInterceptor... interceptors) {
        return client(url(), interceptors);
    }

    static S3Client client(String endpoint, ExecutionInterceptor... interceptors) {
        return S3Client.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.EU_WEST_1)
                .forcePathStyle(true)
                .overrideConfiguration(c -> c.executionInterceptors(List.of(interceptors)))
                .build();
    }

    /** All keys in a bucket. */
    static List<String> keys(String bucket) {
        try (S3Client client = client()) {
            return client.listObjectsV2Paginator(r -> r.bucket(bucket)).contents().stream()
                    .map(S3Object::key)
                    .toList();
        }
    }
}
