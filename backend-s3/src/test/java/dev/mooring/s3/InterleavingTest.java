// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.StoredConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.S3Client;

/** One process waits before one of its requests while another does a lot: record and channels agree afterwards. */
class InterleavingTest {

    private static final Instant EXPIRY = Instant.parse("2100-01-01T00:00:00Z");

    private final String bucket = TestServer.newBucket();
    private final Interruption interruption = new Interruption();
    private final S3Client client = TestServer.client(interruption);
    private final S3Backend slow = TestServer.open(client, bucket);
    private final S3Backend fast = TestServer.open("s3://" + bucket, InstantSource.system());

    /** What both do. */
    enum Call {
        SAVE,
        SAVE_WITH_LATER_EXPIRY,
        JOIN,
        LEAVE,
        DELETE;

        void on(S3Backend backend, String id) {
            switch (this) {
                case SAVE -> backend.save(connection(id, EXPIRY, "room"));
                case SAVE_WITH_LATER_EXPIRY -> backend.save(connection(id, EXPIRY.plusSeconds(1), "room", "lobby"));
                case JOIN -> update(backend, connection(id, EXPIRY, "room", "hall"));
                case LEAVE -> update(backend, connection(id, EXPIRY));
                case DELETE -> backend.delete(id);
            }
        }

        private static void update(S3Backend backend, StoredConnection next) {
            backend.find(next.id()).ifPresent(found -> backend.update(found, next));
        }
    }

    static List<List<Call>> meanwhile() {
        return List.of(
                List.of(Call.JOIN, Call.LEAVE),
                List.of(Call.LEAVE, Call.JOIN),
                List.of(Call.DELETE),
                List.of(Call.DELETE, Call.SAVE),
                List.of(Call.SAVE, Call.LEAVE, Call.DELETE));
    }

    @AfterEach
    void close() {
        slow.close();
        fast.close();
        client.close();
    }

    @ParameterizedTest
    @MethodSource("meanwhile")
    void whateverHappensMeanwhile(List<Call> meanwhile) {
        for (boolean there : new boolean[] {true, false}) {
            for (Call call : Call.values()) {
                beforeEachRequest(call, meanwhile, there);
            }
        }
    }

    private void beforeEachRequest(Call call, List<Call> meanwhile, boolean there) {
        boolean interrupted = true;
        for (int request = 0; interrupted; request++) {
            String id = call + "-" + request + "-" + there;
            if (there) {
                Call.SAVE.on(fast, id);
            }
            interruption.before(request, () -> meanwhile.forEach(each -> each.on(fast, id)));
            call.on(slow, id);
            interrupted = interruption.end();
            assertThat(listed(id))
                    .as("channels of %s, %s before request %d", id, meanwhile, request)
                    .isEqualTo(fast.find(id).map(StoredConnection::channels).orElse(Set.of()));
        }
    }

    private Set<String> listed(String id) {
        Set<String> channels = new HashSet<>();
        for (String channel : List.of("room", "lobby", "hall")) {
            if (fast.members(channel, null, 1000).items().contains(id)) {
                channels.add(channel);
            }
        }
        return channels;
    }

    private static StoredConnection connection(String id, Instant expiry, String... channels) {
        return new StoredConnection(id, "{}", Set.of(channels), expiry);
    }
}
