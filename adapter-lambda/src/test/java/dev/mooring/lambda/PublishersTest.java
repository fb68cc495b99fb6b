// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mooring.CloseReason;
import dev.mooring.Connection;
import dev.mooring.Job;
import dev.mooring.PublishReport;
import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that connected through a handler are reached from code that is none. */
class PublishersTest implements NewsApp {

    private static final Duration TTL = Duration.ofHours(2);

    private final ConnectionApi api = new ConnectionApi();
    private final Backend backend = Backends.open("memory://");
    private final TestClock clock = new TestClock();
    private final List<String> left = new ArrayList<>();

    PublishersTest() throws IOException {}

    @Override
    public synchronized void onDisconnect(Connection connection, CloseReason reason) {
        left.add(connection.id());
    }

    @AfterEach
    void close() {
        backend.close();
        api.close();
    }

    private WebSocketLambda.Builder builder() {
        return WebSocketLambda.builder(this)
                .environment(Map.of())
                .backend(backend, TTL)
                .endpoint(api.endpoint())
                .clock(clock);
    }

    private void connect(String... ids) {
        WebSocketLambda handler = builder().build();
        for (String id : ids) {
            TestFunction.invoke(handler, Events.connect(id), new TestContext());
        }
    }

    @Test
    void aChannelIsReached() {
        connect("a", "b");
        try (Publishers publishers = Publishers.open(builder())) {
            PublishReport report = publishers.publisher().publish("news", "hi", "b");
            assertThat(report.delivered()).isEqualTo(1);
            assertThat(publishers.publisher().members("news")).containsExactlyInAnyOrder("a", "b");
        }
        assertThat(api.seen()).containsExactly("POST /prod/@connections/a hi");
        assertThat(backend.find("a")).as("the backend stays its owner's").isPresent();
    }

    @Test
    void aDsnAndAnEndpointAreEnough() {
        try (Publishers publishers = Publishers.open("memory://", api.endpoint())) {
            assertThat(publishers.publisher().send("a", "hi")).isTrue();
        }
        assertThat(api.seen()).containsExactly("POST /prod/@connections/a hi");
    }

    @Test
    void whatADsnOpenedIsClosed() {
        Publishers publishers = Publishers.open("memory://", api.endpoint());
        publishers.close();
        publishers.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> publishers.publisher().broadcast("hi"))
                .withMessageContaining("closed");
    }

    @Test
    void itsConnectionsAreClosedWithIt() throws Exception {
        try (RawServer server = new RawServer("HTTP/1.1 204 No Content\r\n\r\n", false)) {
            try (Publishers publishers = Publishers.open("memory://", server.url())) {
                assertThat(publishers.publisher().send("a", "x")).isTrue();
            }
            assertThat(server.left.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theAppHearsOfClientsThatAreGone() {
        connect("a", "b");
        clock.advance(Duration.ofMinutes(1));
        api.answer(410);
        try (Publishers publishers = Publishers.open(builder())) {
            assertThat(publishers.publisher().broadcast("hi").gone()).isEqualTo(2);
        }
        assertThat(left).containsExactlyInAnyOrder("a", "b");
        assertThat(backend.find("a")).isEmpty();
    }

    @Test
    void aLargeChannelIsSpreadOverTheQueue() {
        connect(IntStream.range(0, 1001).mapToObj(i -> "c" + i).toArray(String[]::new));
        List<Job> queue = new ArrayList<>();
        try (Publishers publishers = Publishers.open(builder().queue(queue::addAll))) {
            PublishReport report = publishers.publisher().publish("news", "hi");
            assertThat(report.queued()).isEqualTo(2);
            assertThat(report.delivered()).isZero();
        }
        assertThat(api.requests).isEmpty();
        assertThat(queue.stream().flatMap(job -> job.to().stream()).distinct()).hasSize(1001);
    }

    @Test
    void theEndpointIsRequired() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Publishers.open(
                        WebSocketLambda.builder(this).environment(Map.of()).dsn("memory://")))
                .withMessage("Where clients are reached is not set: set MOORING_ENDPOINT to"
                        + " https://<api id>.execute-api.<region>.amazonaws.com/<stage>, or on a custom domain to"
                        + " https://<domain>[/<mapping key>] without the stage, or give endpoint(...) to the builder.");
    }

    @Test
    void aWrongDsnIsRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Publishers.open("nosuch://user:s3cr3t@host", api.endpoint()))
                .withMessageNotContaining("s3cr3t");
    }
}
