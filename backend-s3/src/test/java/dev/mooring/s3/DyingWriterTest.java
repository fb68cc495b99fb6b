// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.BackendException;
import dev.mooring.backend.StoredConnection;
import dev.mooring.s3.Faults.Death;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Whichever request of a call a process dies at, the next call, of another process, puts everything right. */
class DyingWriterTest {

    private final Instant expiry = InstantSource.system().instant().plusSeconds(3600);
    private final String bucket = TestServer.newBucket();
    private final Faults faults = new Faults();
    private final S3Client client = TestServer.client(faults);
    private final S3Backend dying = TestServer.open(client, bucket);
    private final S3Backend healthy = TestServer.open("s3://" + bucket, InstantSource.system());

    @AfterEach
    void close() {
        dying.close();
        healthy.close();
        client.close();
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriptionIsMadeAgainAndEndsForGood(Death death) {
        atEachRequest(
                death,
                id -> healthy.save(connection(id)),
                id -> dying.update(healthy.find(id).orElseThrow(), connection(id, room(id))),
                id -> {
                    // as the engine does: read, and write only what is not so yet
                    if (!channels(id).contains(room(id))) {
                        update(id, connection(id, room(id)));
                    }
                    assertThat(members(id)).containsExactly(id);
                    update(id, connection(id));
                    assertThat(members(id)).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriptionThatIsMadeAgainAfterAnotherChangeEndsForGood(Death death) {
        atEachRequest(
                death,
                id -> healthy.save(connection(id)),
                id -> dying.update(healthy.find(id).orElseThrow(), connection(id, room(id))),
                id -> {
                    update(id, connection(id, "another" + id));
                    update(id, connection(id, room(id)));
                    update(id, connection(id));
                    assertThat(members(id)).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource
    void anUnsubscriptionIsMadeAgain(Death death) {
        atEachRequest(
                death,
                id -> healthy.save(connection(id, room(id))),
                id -> dying.update(healthy.find(id).orElseThrow(), connection(id)),
                id -> {
                    if (channels(id).contains(room(id))) {
                        assertThat(members(id)).containsExactly(id);
                        update(id, connection(id));
                    }
                    assertThat(members(id)).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource
    void aFirstSaveIsMadeAgain(Death death) {
        atEachRequest(death, id -> {}, id -> dying.save(connection(id, room(id))), id -> {
            healthy.save(connection(id, room(id)));
            assertThat(members(id)).containsExactly(id);
            update(id, connection(id));
            assertThat(members(id)).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aSaveThatReplacesIsMadeAgain(Death death) {
        StoredConnection[] old = new StoredConnection[1];
        atEachRequest(
                death,
                id -> old[0] = healthy.save(connection(id, "old" + id)),
                id -> dying.save(connection(id, room(id))),
                id -> {
                    healthy.save(connection(id, room(id)));
                    assertThat(members(id)).containsExactly(id);
                    assertThat(healthy.members("old" + id, null, 10).items()).isEmpty();
                    assertThat(healthy.update(old[0], connection(id))).isEmpty();
                });
    }

    @ParameterizedTest
    @EnumSource
    void aDeletionIsMadeAgainAndLeavesNothingBehind(Death death) {
        atEachRequest(death, id -> healthy.save(connection(id, room(id))), id -> dying.delete(id), id -> {
            healthy.delete(id);
            assertThat(healthy.find(id)).isEmpty();
            assertThat(TestServer.keys(bucket)).isEmpty();
        });
    }

    @Test
    void aSubscriptionThatIsNotMadeAgainMayBeListedUntilTheChannelIsLeft() {
        dieBetweenMarkerAndRecord("a");
        update("a", connection("a", "another"));
        assertThat(channels("a")).doesNotContain(room("a"));
        assertThat(members("a")).containsExactly("a");

        update("a", connection("a", room("a")));
        update("a", connection("a"));

        assertThat(members("a")).isEmpty();
    }

    @Test
    void aSubscriptionThatIsNotMadeAgainMayBeListedAfterTheConnectionIsGone() {
        dieBetweenMarkerAndRecord("a");

        healthy.delete("a");

        assertThat(members("a")).containsExactly("a");
    }

    private void dieBetweenMarkerAndRecord(String id) {
        StoredConnection saved = healthy.save(connection(id));
        faults.dieAt(0, Death.AFTER_THE_REQUEST);
        assertThat(dies(() -> dying.update(saved, connection(id, room(id))))).isTrue();
    }

    /** Lets a call die at its first request, then at its second, and so on until it lives. */
    private void atEachRequest(
            Death death, Consumer<String> before, Consumer<String> call, Consumer<String> afterwards) {
        int request = 0;
        boolean died = true;
        while (died) {
            String id = "id" + request;
            before.accept(id);
            faults.dieAt(request, death);
            died = dies(() -> call.accept(id));
            afterwards.accept(id);
            healthy.delete(id);
            request++;
        }
        assertThat(request).as("requests of the call, and one").isGreaterThan(2);
    }

    private static boolean dies(Runnable call) {
        try {
            call.run();
            return false;
        } catch (BackendException e) {
            assertThat(e).hasMessageContaining("died");
            return true;
        }
    }

    private void update(String id, StoredConnection next) {
        assertThat(healthy.update(healthy.find(id).orElseThrow(), next)).isPresent();
    }

    private Set<String> channels(String id) {
        return healthy.find(id).orElseThrow().channels();
    }

    private List<String> members(String id) {
        return healthy.members(room(id), null, 10).items();
    }

    /** A channel of this connection alone, as a connection that never came to be may leave a ghost in its channel. */
    private static String room(String id) {
        return "room of " + id;
    }

    private StoredConnection connection(String id, String... channels) {
        return new StoredConnection(id, "{}", Set.of(channels), expiry);
    }
}
