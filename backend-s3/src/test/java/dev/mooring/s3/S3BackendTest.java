// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.StoredConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class S3BackendTest {

    private static final Instant EXPIRY = Instant.parse("2100-01-01T00:00:00Z");

    private final String bucket = TestServer.newBucket();
    private final InstantSource clock = InstantSource.system();

    @ParameterizedTest
    @ValueSource(strings = {"/app", "/app/", "/app//", "//app"})
    void slashesAroundThePrefixMakeNoDifference(String path) {
        try (Backend writer = TestServer.open("s3://" + bucket + path, clock);
                Backend reader = TestServer.open("s3://" + bucket + "/app", clock)) {
            StoredConnection saved = writer.save(connection("a", "room"));

            assertThat(reader.find("a")).contains(saved);
            assertThat(reader.members("room", null, 10).items()).containsExactly("a");
            assertThat(TestServer.keys(bucket)).hasSize(3).allMatch(key -> key.startsWith("app/"));
            assertThat(TestServer.keys(bucket)).noneMatch(key -> key.contains("//"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void withoutPrefixNoKeyBeginsWithASlash(String path) {
        try (Backend backend = TestServer.open("s3://" + bucket + path, clock)) {
            backend.save(connection("a", "room"));

            assertThat(TestServer.keys(bucket))
                    .hasSize(3)
                    .contains("connections/a")
                    .noneMatch(key -> key.startsWith("/"));
        }
    }

    @Test
    void prefixesKeepAppsApart() {
        try (Backend one = TestServer.open("s3://" + bucket + "/app/one", clock);
                Backend two = TestServer.open("s3://" + bucket + "/app/on", clock);
                Backend none = TestServer.open("s3://" + bucket, clock)) {
            StoredConnection saved = one.save(connection("a", "room"));

            assertThat(two.find("a")).isEmpty();
            assertThat(two.connections(null, 10).items()).isEmpty();
            assertThat(none.members("room", null, 10).items()).isEmpty();
            two.delete("a");
            none.purgeExpired();
            assertThat(one.find("a")).contains(saved);
        }
    }

    @Test
    void idsOfApiGatewayCanBeReadInKeys() {
        try (Backend backend = TestServer.open("s3://" + bucket, clock)) {
            backend.save(connection("L0SM9-O_vHcCIhw=", "room:general"));

            assertThat(TestServer.keys(bucket))
                    .contains("connections/L0SM9-O_vHcCIhw=")
                    .anyMatch(key -> key.startsWith("channels/room:general/L0SM9-O_vHcCIhw=/"));
        }
    }

    @Test
    void theLongestNamesFitIntoAKey() {
        String id = "部".repeat(StoredConnection.MAX_NAME_LENGTH);
        String channel = "屋".repeat(StoredConnection.MAX_NAME_LENGTH);
        try (Backend backend = TestServer.open("s3://" + bucket + "/" + "p".repeat(300), clock)) {
            backend.save(connection(id, channel));

            assertThat(backend.members(channel, null, 10).items()).containsExactly(id);
            assertThat(TestServer.keys(bucket)).hasSize(3).allMatch(key -> key.length() <= 1024);
        }
    }

    @Test
    void aRecordIsALineAboutTheConnectionAndItsState() {
        try (Backend backend = TestServer.open("s3://" + bucket, clock);
                S3Client client = TestServer.client()) {
            backend.save(connection("a", "room"));

            assertThat(client.getObjectAsBytes(r -> r.bucket(bucket).key("connections/a"))
                            .asUtf8String())
                    .matches("\\{\"stamp\":\"[0-9a-f]{30}\",\"deleted\":false,\"expires\":" + EXPIRY.toEpochMilli()
                            + ",\"channels\":\\{\"\":\"[0-9a-f]{30}\",\"room\":\"[0-9a-f]{30}\"},\"leaving\":\\[],\"swept\":false}\n"
                            + "\\{\"v\":1}");
        }
    }

    @Test
    void whatIsNoRecordIsNotTakenForOne() {
        try (Backend backend = TestServer.open("s3://" + bucket, clock);
                S3Client client = TestServer.client()) {
            backend.save(connection("a"));
            client.putObject(r -> r.bucket(bucket).key("connections/b"), RequestBody.fromString("hello"));

            assertThatThrownBy(() -> backend.find("b"))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("find failed: what is stored is not a record of this backend");
        }
    }

    @Test
    void aRevisionDoesNotComeBackWithTheSameContent() {
        try (Backend backend = TestServer.open("s3://" + bucket, clock)) {
            StoredConnection first = backend.save(connection("a"));
            backend.delete("a");
            StoredConnection second = backend.save(connection("a"));

            assertThat(second.revision()).isNotEqualTo(first.revision());
            assertThat(backend.update(first, connection("a"))).isEmpty();
            assertThat(backend.find("a")).contains(second);
        }
    }

    @Test
    void deletionLeavesNothingBehindOfAConnectionThatNeverLeftAChannel() {
        try (Backend backend = TestServer.open("s3://" + bucket, clock)) {
            StoredConnection saved = backend.save(connection("a", "room"));
            backend.update(saved, connection("a", "room", "部屋"));

            backend.delete("a");

            assertThat(TestServer.keys(bucket)).isEmpty();
        }
    }

    @Test
    void aTombstoneStaysOfAConnectionThatLeftAChannelUntilItExpires() {
        try (Backend backend = TestServer.open("s3://" + bucket, clock);
                Backend afterwards = TestServer.open("s3://" + bucket, () -> EXPIRY)) {
            backend.save(connection("a", "room"));
            backend.save(connection("a", "other"));

            backend.delete("a");

            assertThat(TestServer.keys(bucket)).containsExactly("connections/a");
            assertThat(backend.find("a")).isEmpty();
            assertThat(backend.connections(null, 10).items()).isEmpty();
            assertThat(afterwards.purgeExpired()).isZero();
            assertThat(TestServer.keys(bucket)).isEmpty();
        }
    }

    @Test
    void purgingLeavesNothingOfWhatHasExpired() {
        Instant now = clock.instant();
        try (Backend backend = TestServer.open("s3://" + bucket, clock);
                Backend later = TestServer.open("s3://" + bucket, () -> now.plusSeconds(7200))) {
            backend.save(new StoredConnection("a", "{}", Set.of("room", "部屋"), now.plusSeconds(3600)));
            backend.save(new StoredConnection("b", "{}", Set.of(), now.plusSeconds(3600)));
            StoredConnection live = backend.save(connection("c", "room"));

            assertThat(backend.purgeExpired()).isZero();
            assertThat(later.purgeExpired()).isEqualTo(2);

            assertThat(TestServer.keys(bucket)).hasSize(3);
            assertThat(later.find("c")).contains(live);
        }
    }

    @Test
    void aClientOfOnesOwnStaysOpen() {
        try (S3Client client = TestServer.client()) {
            try (Backend backend = new S3Backend(client, bucket, "app")) {
                StoredConnection saved = backend.save(connection("a"));
                assertThat(backend.find("a")).contains(saved);
            }

            assertThat(client.listBuckets().buckets()).anyMatch(b -> b.name().equals(bucket));
        }
    }

    private static StoredConnection connection(String id, String... channels) {
        return new StoredConnection(id, "{\"v\":1}", Set.of(channels), EXPIRY);
    }
}
