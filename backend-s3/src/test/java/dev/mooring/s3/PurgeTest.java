// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.StoredConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A purge among others who write to the bucket. */
class PurgeTest {

    private final Instant now = InstantSource.system().instant();
    private final String bucket = TestServer.newBucket();
    private final Interruption interruption = new Interruption();
    private final S3Client client = TestServer.client(interruption);
    private final S3Backend purging = TestServer.open(client, bucket);
    private final S3Backend other = TestServer.open("s3://" + bucket, InstantSource.system());
    private final S3Backend later = TestServer.open("s3://" + bucket, () -> now.plusSeconds(7200));

    @AfterEach
    void close() {
        purging.close();
        other.close();
        later.close();
        client.close();
    }

    @Test
    void aConnectionThatComesWhereOneHasJustGoneStays() {
        other.save(connection("a"));
        removeMarkers();
        interruption.before(3, () -> {
            other.delete("a");
            interruption.before(0, () -> other.save(connection("a")));
        });

        assertThat(purging.purgeExpired()).isZero();

        assertThat(interruption.end())
                .as("a request after the one that found nothing")
                .isFalse();
    }

    /** Then it is worth a look whether the record has expired. */
    private void removeMarkers() {
        for (String key : TestServer.keys(bucket)) {
            if (key.startsWith("all/")) {
                client.deleteObject(r -> r.bucket(bucket).key(key));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"note.txt", "notes/a", "~YQ", "~", "~~YQ", "~!"})
    void whatHasNoNameOfOursStaysAndStandsInNobodysWay(String name) {
        assertStays(name, "hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "hello\nworld", "{\"id\":1}\n{\"id\":2}", "[]\n"})
    void whatIsNoRecordStaysAndStandsInNobodysWay(String content) {
        assertStays("export", content);
    }

    private void assertStays(String name, String content) {
        other.save(connection("a"));
        client.putObject(r -> r.bucket(bucket).key("connections/" + name), RequestBody.fromString(content));

        assertThat(later.purgeExpired()).isEqualTo(1);

        assertThat(TestServer.keys(bucket)).containsExactly("connections/" + name);
    }

    private StoredConnection connection(String id) {
        return new StoredConnection(id, "{}", Set.of(), now.plusSeconds(3600));
    }
}
