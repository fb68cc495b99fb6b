// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Job;
import dev.mooring.PublishReport;
import dev.mooring.Publisher;
import dev.mooring.SendException;
import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.lambda.Credentials;
import dev.mooring.lambda.Publishers;
import dev.mooring.lambda.WebSocketLambda;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A message to a channel of 5,000 clients, from a publish to their sockets: real WebSockets, a store in a file, posts over
 * HTTP.
 */
@Timeout(300)
class FanOutTest {

    private static final int CLIENTS = 5000;
    private static final int VICTIMS = CLIENTS / 10;
    private static final String SHORT = "hi".repeat(500);

    private final Lobby lobby = new Lobby();
    private final ManualClock clock = new ManualClock(Instant.now());

    @TempDir
    Path directory;

    private String dsn;
    private WebSocketLambda handler;
    private LateDisconnects function;
    private LocalGateway gateway;
    private Crowd crowd;

    private WebSocketLambda.Builder handler() {
        return WebSocketLambda.builder(lobby).dsn(dsn).clock(clock);
    }

    @BeforeEach
    void connect() throws Exception {
        dsn = "sqlite://" + directory.resolve("lobby.db");
        handler = handler().build();
        function = new LateDisconnects(handler);
        gateway = LocalGateway.builder(function).port(0).start();
        crowd = Crowd.connect(gateway.uri(), CLIENTS);
        // long enough ago that a client that is gone cannot be one that is still being let in
        clock.advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() throws Exception {
        crowd.close();
        gateway.close();
        handler.close();
    }

    private void assertThatEachReceived(List<CrowdMember> members, String... messages) {
        for (CrowdMember member : members) {
            Await.until(() -> member.received.size() >= messages.length);
        }
        assertThat(members).allSatisfy(member -> assertThat(member.received).containsExactly(messages));
    }

    private static PublishReport delivered(int clients) {
        return new PublishReport(clients, 0, Map.of(), 0, List.of());
    }

    @Test
    void aMessageOfAClientReachesEachOnce() throws Exception {
        crowd.members().get(7).send("hi");
        assertThat(lobby.report()).isEqualTo(delivered(CLIENTS));

        // a second "hi" would come before this
        crowd.members().get(8).send("bye");
        assertThat(lobby.report()).isEqualTo(delivered(CLIENTS));
        assertThatEachReceived(crowd.members(), "hi", "bye");
    }

    @Test
    void aMessageOfAnotherProcessReachesEachOnce() throws Exception {
        try (CommandLine process =
                new CommandLine(PublishOnce.class, dsn, gateway.endpoint().toString(), Lobby.CHANNEL, "hi")) {
            assertThat(process.await().output())
                    .containsExactly(delivered(CLIENTS).toString());
        }
        crowd.members().get(8).send("bye");
        assertThatEachReceived(crowd.members(), "hi", "bye");
    }

    @Test
    void whoDiedWithoutAWordIsCountedForgottenAndMissedOnce() throws Exception {
        List<CrowdMember> victims = crowd.members().subList(0, VICTIMS);
        List<CrowdMember> living = crowd.members().subList(VICTIMS, CLIENTS);
        crowd.kill(victims);
        Await.until(() -> function.count() == VICTIMS);

        living.get(0).send("hi");
        assertThat(lobby.report()).isEqualTo(new PublishReport(CLIENTS - VICTIMS, VICTIMS, Map.of(), 0, List.of()));
        assertThat(lobby.left).hasSize(VICTIMS);
        try (Backend store = Backends.open(dsn)) {
            assertThat(store.connections(null, CLIENTS).items()).hasSize(CLIENTS - VICTIMS);
        }
        assertThat(memberships()).isEqualTo(CLIENTS - VICTIMS);

        function.deliver();
        living.get(0).send("bye");
        assertThat(lobby.report()).isEqualTo(delivered(CLIENTS - VICTIMS));
        assertThatEachReceived(living, "hi", "bye");
        assertThat(victims).allSatisfy(victim -> assertThat(victim.received).isEmpty());
        assertThat(lobby.left).hasSize(VICTIMS).doesNotHaveDuplicates();
    }

    /** The rows themselves: a backend's {@code members} leaves out what has no record. */
    private int memberships() throws SQLException {
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("lobby.db"));
                var count = database.createStatement().executeQuery("SELECT count(*) FROM mooring_channels")) {
            return count.getInt(1);
        }
    }

    @Test
    void withATenthOfTheTimeOthersGoOnUntilAllAreReached() throws Exception {
        ReplayedQueue queue = new ReplayedQueue();
        WebSocketLambda.Builder builder = handler()
                .endpoint(gateway.endpoint())
                .queue(queue)
                .credentials(() -> {
                    clock.advance(Duration.ofMillis(1));
                    return new Credentials("local", "local", null);
                });
        try (WebSocketLambda worker = builder.build()) {
            queue.add(List.of(Job.publish(Lobby.CHANNEL, "hi")));
            // a post takes a millisecond; of a function's time, a fifth is kept
            Duration time = Duration.ofMillis(CLIENTS / 10 * 5 / 4);
            int calls = queue.drain(
                    worker,
                    () -> new InvocationContext("worker", clock.instant().plus(time), clock));
            assertThat(calls).isGreaterThanOrEqualTo(10);
        }
        for (CrowdMember member : crowd.members()) {
            Await.until(() -> !member.received.isEmpty());
        }
        assertThat(crowd.members())
                .allSatisfy(member -> assertThat(member.received).containsOnly("hi"));
    }

    @Test
    void whoDoesNotReadDelaysNoOther() throws Exception {
        CrowdMember stalled = crowd.members().get(0);
        List<CrowdMember> others = crowd.members().subList(1, CLIENTS);
        crowd.stall(stalled);
        try (Publishers publishers = Publishers.open(handler().endpoint(gateway.endpoint()))) {
            Publisher publisher = publishers.publisher();
            int taken = fill(publisher, lobby.ids.get("0"));

            PublishReport report = publisher.publish(Lobby.CHANNEL, SHORT);
            assertThat(report.delivered()).isEqualTo(CLIENTS - 1);
            assertThat(report.failed()).hasSize(1).allSatisfy((cause, times) -> assertThat(times + " " + cause)
                    .startsWith("1 ")
                    .contains("answered 429 LimitExceededException", "this client reads too slowly"));
            assertThatEachReceived(others, SHORT);

            crowd.resume(stalled);
            Await.until(() -> stalled.received.size() == taken);
            assertThat(publisher.publish(Lobby.CHANNEL, "bye")).isEqualTo(delivered(CLIENTS));
            assertThatEachReceived(others, SHORT, "bye");
            Await.until(() -> stalled.received.size() > taken);
            assertThat(stalled.received).hasSize(taken + 1).endsWith("bye");
        }
    }

    /** Sends until nothing more is taken, however short, and returns how much was. */
    private static int fill(Publisher publisher, String id) {
        int taken = 0;
        for (String message : List.of("x".repeat(Limits.MESSAGE), SHORT)) {
            for (boolean full = false; !full; ) {
                try {
                    assertThat(publisher.send(id, message)).isTrue();
                    taken++;
                } catch (SendException e) {
                    assertThat(e.status()).isEqualTo(429);
                    full = true;
                }
            }
        }
        return taken;
    }
}
