// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.BackendException;
import dev.mooring.backend.StoredConnection;
import dev.mooring.testsupport.FaultProxy;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A network between the backend and DynamoDB that fails, and recovers. */
class WeatherTest {

    private final FaultProxy proxy = FaultProxy.to("localhost", Server.port());
    private final String dsn = Server.dsn(Server.newTable(), proxy.port());
    private final DynamoDbBackend backend = Server.open(dsn + "&timeout=60s");
    private StoredConnection saved;

    @BeforeEach
    void save() {
        saved = backend.save(Server.connection("a", "room"));
    }

    @AfterEach
    void close() {
        backend.close();
        proxy.close();
    }

    @Test
    void aRequestThatHangsIsMadeAgainInTime() throws Exception {
        try (DynamoDbBackend patient = Server.open(dsn + "&timeout=10s")) {
            int before = proxy.accepted();
            proxy.stall();
            CompletableFuture<Optional<StoredConnection>> found =
                    CompletableFuture.supplyAsync(() -> patient.find("a"));
            while (proxy.accepted() < before + 2 && !found.isDone()) {
                Thread.sleep(10);
            }
            proxy.heal();

            assertThat(found.get()).contains(saved);
        }
    }

    @Test
    void aHangEndsTheCallAndTheNextOneWorksOnceItIsOver() {
        try (DynamoDbBackend impatient = Server.open(dsn + "&timeout=2s")) {
            proxy.stall();
            assertThatThrownBy(() -> impatient.find("a"))
                    .isInstanceOf(BackendException.class)
                    .hasMessage(dsn + "&timeout=2s: find failed: no answer within 2000 ms. Check that DynamoDB can be"
                            + " reached from here (a function in a VPC needs a gateway endpoint for it) and endpoint_url,"
                            + " or raise timeout");
        }
        proxy.heal();

        assertThat(backend.find("a")).contains(saved);
    }

    @Test
    void aServerThatRefusesEndsTheCallAndTheNextOneWorksOnceItIsBack() {
        proxy.refuse();
        try (DynamoDbBackend impatient = Server.open(dsn + "&timeout=3s")) {
            assertThatThrownBy(() -> impatient.find("a"))
                    .isInstanceOf(BackendException.class)
                    .hasMessageMatching("\\Q" + dsn + "&timeout=3s: find failed: \\E.+\\. Check that DynamoDB can be"
                            + " reached from here, and endpoint_url");
        }

        proxy.heal();

        assertThat(backend.find("a")).contains(saved);
    }

    @Test
    void aReplyThatIsCutOffAnywhereIsNeverTakenForNothingFound() {
        for (int bytes = 0; bytes < 500; bytes += 3) {
            proxy.cutReplyAfter(bytes);

            assertThat(backend.find("a")).as("after %d bytes", bytes).contains(saved);
        }
    }

    @Test
    void aDeleteWhoseReplyIsCutOffAnywhereStillDeletes() {
        for (int bytes = 0; bytes < 300; bytes += 3) {
            StoredConnection stored = backend.save(Server.connection("b" + bytes, "room"));
            proxy.cutReplyAfter(bytes);

            backend.delete(stored.id());

            assertThat(backend.find(stored.id())).as("after %d bytes", bytes).isEmpty();
        }
    }

    @Test
    void anUpdateWhoseReplyIsLostHasWon() {
        proxy.cutReplyAfter(0);
        StoredConnection updated = backend.update(saved, Server.with(saved, "{\"v\":2}", Set.of("room")))
                .orElseThrow();

        assertThat(backend.find("a")).contains(updated);
    }

    @Test
    void anUpdateOfChannelsWhoseReplyIsLostHasWon() {
        proxy.cutReplyAfter(0);
        StoredConnection updated = backend.update(saved, Server.with(saved, "{\"v\":2}", Set.of("hall")))
                .orElseThrow();

        assertThat(backend.find("a")).contains(updated);
        assertThat(Server.members(backend, "room")).isEmpty();
        assertThat(Server.members(backend, "hall")).containsExactly("a");
    }

    @Test
    void aSaveWhoseReplyIsLostIsMadeOnce() {
        proxy.cutReplyAfter(0);
        StoredConnection again = backend.save(Server.connection("a", "hall"));

        assertThat(backend.find("a")).contains(again);
        assertThat(Server.members(backend, "room")).isEmpty();
        assertThat(Server.members(backend, "hall")).containsExactly("a");
    }

    @Test
    void aDeletionWhoseReplyIsLostStillTellsWhoLeft() {
        proxy.cutReplyAfter(0);

        assertThat(backend.delete("a")).contains(saved);
        assertThat(Server.members(backend, "room")).isEmpty();
    }

    @Test
    void aReplyThatIsCutInTheMiddleIsReadAgain() {
        proxy.cutReplyAfter(200);

        assertThat(backend.find("a")).contains(saved);
    }
}
