// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.StoredConnection;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** The bucket that comes into being with the first call. */
class BucketCreationTest {

    private final String bucket = TestServer.newBucket();

    /** A bucket of us-east-1 has no location, which this server calls null. */
    @ParameterizedTest
    @CsvSource({"eu-west-1, eu-west-1", "ap-south-1, ap-south-1", "us-east-1, null"})
    void itIsInTheRegionOfTheDsn(String region, String location) {
        try (Backend backend = open(region, "");
                S3Client client = TestServer.client()) {
            StoredConnection saved = backend.save(connection());

            assertThat(backend.find("a")).contains(saved);
            assertThat(client.getBucketLocation(r -> r.bucket(bucket)).locationConstraintAsString())
                    .isEqualTo(location);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void anyCallMayBeTheFirst(int call) {
        try (Backend backend = open("eu-west-1", "")) {
            switch (call) {
                case 0 -> assertThat(backend.find("a")).isEmpty();
                case 1 -> assertThat(backend.delete("a")).isEmpty();
                case 2 -> assertThat(backend.members("room", null, 10).items()).isEmpty();
                case 3 -> assertThat(backend.connections(null, 10).items()).isEmpty();
                default -> assertThat(backend.purgeExpired()).isZero();
            }
        }
    }

    @Test
    void manyMayCreateItAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Backend backend = open("eu-west-1", "")) {
            List<Callable<StoredConnection>> saves = Collections.nCopies(8, () -> backend.save(connection()));
            for (Future<StoredConnection> saved : threads.invokeAll(saves)) {
                assertThat(saved.get().revision()).isNotEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void openingCreatesNothing() {
        open("eu-west-1", "").close();

        try (S3Client client = TestServer.client()) {
            assertThat(client.listBuckets().buckets()).noneMatch(b -> b.name().equals(bucket));
        }
    }

    @Test
    void itIsNotCreatedWhereThatIsNotWanted() {
        try (Backend backend = open("eu-west-1", "&auto_create=false")) {
            assertThatThrownBy(() -> backend.save(connection()))
                    .isInstanceOf(BackendException.class)
                    .hasMessageEndingWith("save failed: the bucket '" + bucket + "' does not exist. Create it, or set"
                            + " auto_create=true and grant s3:CreateBucket");
            assertThatThrownBy(() -> backend.find("a")).isInstanceOf(BackendException.class);
        }
    }

    private Backend open(String region, String parameters) {
        return new S3BackendProvider()
                .open(Dsn.parse("s3://" + bucket + "?region=" + region + "&endpoint_url=" + TestServer.url()
                        + "&timeout=60s" + parameters));
    }

    private static StoredConnection connection() {
        return new StoredConnection("a", "{}", Set.of("room"), Instant.parse("2100-01-01T00:00:00Z"));
    }
}
