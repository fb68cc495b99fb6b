// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.BackendException;
import dev.mooring.backend.StoredConnection;
import dev.mooring.testsupport.FaultProxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** A request whose reply is lost took effect and is sent again: no call may notice, whichever of its requests it is. */
class LostReplyTest {

    private final String bucket = TestServer.newBucket();
    private final FaultProxy proxy = FaultProxy.to("localhost", TestServer.port());
    private final ReplyLoss loss = new ReplyLoss(proxy);
    private final S3Client client = TestServer.client("http://localhost:" + proxy.port(), loss);
    private final S3Backend backend = TestServer.open(client, bucket);
    private final Instant expiry = InstantSource.system().instant().plusSeconds(3600);

    @AfterEach
    void close() {
        backend.close();
        client.close();
        proxy.close();
    }

    @Test
    void aSaveReturnsWhatIsStored() {
        forEachRequest((id, request) -> {
            loss.loseReplyTo(request);
            StoredConnection saved = backend.save(connection(id, "room"));

            assertThat(backend.find(id)).contains(saved);
            assertThat(members("room")).containsExactly(id);
        });
    }

    @Test
    void aReplyThatIsCutOffAnywhereIsNeverTakenForNothingFound() {
        StoredConnection saved = backend.save(connection("a", "room"));
        for (int bytes = 0; bytes < 600; bytes += 3) {
            proxy.cutReplyAfter(bytes);
            assertThat(unlessItFails(() -> backend.find("a"), Optional.of(saved)))
                    .as("after %d bytes", bytes)
                    .contains(saved);

            proxy.cutReplyAfter(bytes);
            assertThat(unlessItFails(() -> members("room"), List.of("a")))
                    .as("after %d bytes", bytes)
                    .containsExactly("a");
        }
    }

    private static <T> T unlessItFails(Supplier<T> call, T otherwise) {
        try {
            return call.get();
        } catch (BackendException e) {
            return otherwise;
        }
    }

    @Test
    void anUpdateDoesNotLoseToItself() {
        forEachRequest((id, request) -> {
            StoredConnection saved = backend.save(connection(id, "old"));
            loss.loseReplyTo(request);
            Optional<StoredConnection> updated = backend.update(saved, connection(id, "room"));

            assertThat(updated).isPresent();
            assertThat(backend.find(id)).isEqualTo(updated);
            assertThat(members("old")).isEmpty();
            assertThat(members("room")).containsExactly(id);
        });
    }

    @Test
    void aDeletionReturnsWhatItDeleted() {
        forEachRequest((id, request) -> {
            StoredConnection saved = backend.save(connection(id, "room"));
            loss.loseReplyTo(request);
            Optional<StoredConnection> deleted = backend.delete(id);

            assertThat(deleted).contains(saved);
            assertThat(backend.find(id)).isEmpty();
            assertThat(members("room")).isEmpty();
        });
    }

    /** Runs a test for its first request, then for its second, and so on until it has no more. */
    private void forEachRequest(ObjIntConsumer<String> test) {
        backend.find("nobody"); // opens the connection that the first loss is to break
        int request = 0;
        while (request == 0 || loss.end()) {
            String id = "id" + request;
            test.accept(id, request);
            backend.delete(id);
            request++;
        }
        assertThat(request).as("requests, and one").isGreaterThan(2);
    }

    private List<String> members(String channel) {
        return backend.members(channel, null, 10).items();
    }

    private StoredConnection connection(String id, String... channels) {
        return new StoredConnection(id, "{}", Set.of(channels), expiry);
    }
}
