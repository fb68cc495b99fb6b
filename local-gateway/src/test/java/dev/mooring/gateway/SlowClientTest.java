// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowClientTest extends GatewayTest {

    private static final String LARGE = "x".repeat(Limits.MESSAGE);

    /** Posts until no more is taken; the client has not read any of it. */
    private static HttpResponse<String> fill(LocalGateway gateway, String id) throws Exception {
        HttpResponse<String> answer = Http.post(gateway, id, LARGE);
        while (answer.statusCode() == 200) {
            answer = Http.post(gateway, id, LARGE);
        }
        return answer;
    }

    @Test
    void postsToAClientThatDoesNotReadAreRefusedInTheEnd() throws Exception {
        LocalGateway gateway = start();
        try (RawClient client = RawClient.connect(gateway.uri())) {
            HttpResponse<String> answer = fill(gateway, app.await("$connect").connectionId());

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("LimitExceededException");
            assertThat(client.status()).isEqualTo(101);
        }
    }

    @Test
    void aClientThatReadsAgainIsServedAgain() throws Exception {
        LocalGateway gateway = start();
        try (RawClient client = RawClient.connect(gateway.uri())) {
            String id = app.await("$connect").connectionId();
            fill(gateway, id);

            while (Http.post(gateway, id, "again").statusCode() != 200) {
                client.receive();
            }

            RawClient.Frame frame = client.receive();
            while (!frame.text().equals("again")) {
                frame = client.receive();
            }
        }
    }

    @Test
    void othersAreServedMeanwhile() throws Exception {
        LocalGateway gateway = start();
        try (RawClient slow = RawClient.connect(gateway.uri())) {
            String id = app.await("$connect").connectionId();
            fill(gateway, id);

            Client other = Client.connect(gateway.uri());
            Http.post(gateway, app.events("$connect").get(1).connectionId(), "hello");

            assertThat(other.receive()).isEqualTo("hello");
            assertThat(slow.status()).isEqualTo(101);
        }
    }

    @Test
    void aClientThatDoesNotReadCanBeDeletedAndTheFunctionIsTold() throws Exception {
        LocalGateway gateway = start();
        try (RawClient client = RawClient.connect(gateway.uri())) {
            String id = app.await("$connect").connectionId();
            fill(gateway, id);

            assertThat(Http.delete(gateway, id).statusCode()).isEqualTo(204);

            app.await("$disconnect");
            assertThat(Http.post(gateway, id, "hello").statusCode()).isEqualTo(410);
            assertThat(client.status()).isEqualTo(101);
        }
    }

    @Test
    void aClientMaySendFasterThanTheFunctionWorks() throws Exception {
        app.on("$default", event -> {
            FakeApp.pause(Duration.ofMillis(1));
            return FakeApp.OK;
        });
        try (RawClient client = RawClient.connect(start().uri())) {
            for (int i = 0; i < 1000; i++) {
                client.send("x".repeat(1000));
            }

            Await.until(() -> app.events("$default").size() == 1000);
        }
    }
}
