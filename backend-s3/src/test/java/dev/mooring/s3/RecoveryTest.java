// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.Backend;
import dev.mooring.backend.BackendException;
import dev.mooring.backend.StoredConnection;
import dev.mooring.testsupport.FaultProxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bad weather ends a call in time, and leaves nothing that would spoil a later one. */
class RecoveryTest {

    private static final int MAX_TRIES = 60;

    private final String bucket = TestServer.newBucket();
    private final FaultProxy proxy = FaultProxy.to("localhost", TestServer.port());
    private final Backend backend = TestServer.openAt(
            "http://localhost:" + proxy.port(), "s3://" + bucket + "?timeout=1s", InstantSource.system());

    @BeforeEach
    void openConnections() {
        saveInTheEnd("first");
    }

    @AfterEach
    void close() {
        backend.close();
        proxy.close();
    }

    @Test
    void aServerThatHangs() {
        proxy.stall();
        assertThatThrownBy(() -> backend.save(connection("a", "room", "lobby")))
                .isInstanceOf(BackendException.class)
                .hasMessageEndingWith("save failed: no answer within 1000 ms. Check that S3 can be reached from here (a"
                        + " function in a VPC needs a gateway endpoint for S3) and endpoint_url, or raise timeout");
        proxy.heal();

        saveInTheEnd("a");
    }

    @Test
    void aServerThatIsGone() {
        proxy.refuse();
        try (Backend patient =
                TestServer.openAt("http://localhost:" + proxy.port(), "s3://" + bucket, InstantSource.system())) {
            assertThatThrownBy(() -> patient.save(connection("a", "room", "lobby")))
                    .isInstanceOf(BackendException.class)
                    .hasMessageMatching(".*save failed: .* Check that S3 can be reached from here, and endpoint_url");
        }
        proxy.heal();

        saveInTheEnd("a");
    }

    @Test
    void aHostThatDoesNotExist() {
        try (Backend lost = TestServer.openAt("http://no-such-host.invalid", "s3://bucket", InstantSource.system())) {
            assertThatThrownBy(() -> lost.find("a"))
                    .isInstanceOf(BackendException.class)
                    .hasMessageContaining("find failed: unknown host no-such-host.invalid")
                    .hasMessageEndingWith(". Check region and endpoint_url");
        }
    }

    /** Tries again while the machine is too busy for a timeout of a second. */
    private void saveInTheEnd(String id) {
        for (int tries = 1; ; tries++) {
            try {
                StoredConnection saved = backend.save(connection(id, "room"));
                assertThat(backend.find(id)).contains(saved);
                assertThat(backend.members("room", null, 10).items()).contains(id);
                return;
            } catch (BackendException e) {
                if (tries == MAX_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static StoredConnection connection(String id, String... channels) {
        return new StoredConnection(id, "{}", Set.of(channels), Instant.parse("2100-01-01T00:00:00Z"));
    }
}
