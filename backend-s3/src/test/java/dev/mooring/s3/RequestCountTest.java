// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.s3.S3Client;

/** What each call costs, as docs/backends/s3.md says. */
class RequestCountTest {

    private final String bucket = TestServer.newBucket();
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();
    private final S3Client client = TestServer.client(new ExecutionInterceptor() {
        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            requests.merge(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME), 1, Integer::sum);
        }
    });
    private final Backend backend = TestServer.open(client, bucket);

    @BeforeEach
    void createBucket() {
        backend.find("nobody");
        requests.clear();
    }

    @AfterEach
    void close() {
        backend.close();
        client.close();
    }

    @Test
    void connectPutsTheRecordAndTheMarkers() {
        backend.save(connection("a"));
        assertThat(taken()).isEqualTo(Map.of("PutObject", 2));

        backend.save(connection("b", "room", "lobby"));
        assertThat(taken()).isEqualTo(Map.of("PutObject", 4));
    }

    @Test
    void aReadIsOneGet() {
        backend.save(connection("a", "room"));
        requests.clear();

        backend.find("a");
        backend.find("b");
        assertThat(taken()).isEqualTo(Map.of("GetObject", 2));
    }

    @Test
    void aChangeOfStateIsOnePut() {
        StoredConnection saved = backend.save(connection("a", "room"));
        requests.clear();

        backend.update(saved, new StoredConnection("a", "{\"v\":2}", Set.of("room"), saved.expiresAt()));
        assertThat(taken()).isEqualTo(Map.of("PutObject", 1));
    }

    @Test
    void aSubscriptionAddsOnePut() {
        StoredConnection saved = backend.save(connection("a", "room"));
        requests.clear();

        backend.update(saved, connection("a", "room", "lobby"));
        assertThat(taken()).isEqualTo(Map.of("PutObject", 2));
    }

    @Test
    void anUnsubscriptionAddsAListAndADeleteAndAPut() {
        StoredConnection saved = backend.save(connection("a", "room", "lobby"));
        requests.clear();

        backend.update(saved, connection("a", "lobby"));
        assertThat(taken()).isEqualTo(Map.of("PutObject", 2, "ListObjectsV2", 1, "DeleteObjects", 1));
    }

    @Test
    void disconnectIsAGetAPutAndTwoDeletes() {
        backend.save(connection("a", "room", "lobby"));
        requests.clear();

        backend.delete("a");
        assertThat(taken()).isEqualTo(Map.of("GetObject", 1, "PutObject", 1, "DeleteObjects", 1, "DeleteObject", 1));

        backend.delete("a");
        assertThat(taken()).isEqualTo(Map.of("GetObject", 1));
    }

    @Test
    void disconnectAfterAnUnsubscriptionKeepsTheTombstone() {
        StoredConnection saved = backend.save(connection("a", "room", "lobby"));
        backend.update(saved, connection("a", "lobby"));
        requests.clear();

        backend.delete("a");
        assertThat(taken()).isEqualTo(Map.of("GetObject", 1, "PutObject", 1, "DeleteObjects", 1));

        backend.delete("a");
        assertThat(taken()).isEqualTo(Map.of("GetObject", 1, "DeleteObjects", 1));
    }

    @Test
    void aLostRaceIsOnePutAndOneGet() {
        StoredConnection saved = backend.save(connection("a"));
        backend.update(saved, connection("a"));
        requests.clear();

        backend.update(saved, connection("a"));
        assertThat(taken()).isEqualTo(Map.of("PutObject", 1, "GetObject", 1));
    }

    @Test
    void aPageOfMembersIsOneList() {
        for (String id : List.of("a", "b", "c")) {
            backend.save(connection(id, "room"));
        }
        requests.clear();

        backend.members("room", null, 1000);
        backend.connections(null, 1000);
        assertThat(taken()).isEqualTo(Map.of("ListObjectsV2", 2));
    }

    /** The requests since the last time. */
    private Map<String, Integer> taken() {
        Map<String, Integer> taken = Map.copyOf(requests);
        requests.clear();
        return taken;
    }

    private static StoredConnection connection(String id, String... channels) {
        return new StoredConnection(id, "{\"v\":1}", Set.of(channels), Instant.parse("2100-01-01T00:00:00Z"));
    }
}
