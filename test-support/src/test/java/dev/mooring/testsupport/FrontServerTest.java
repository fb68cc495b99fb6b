// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.testsupport.FrontServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class FrontServerTest {

    @Test
    void itGivesItsOwnAnswersAndPassesOnTheRest() throws Exception {
        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        try (FrontServer server = new FrontServer(0, () -> new Answer(200, "from the server"));
                FrontServer front = new FrontServer(server.port(), answers::poll)) {
            answers.add(Answer.error(400, "name.space#Code", "Slow down"));

            HttpResponse<String> refused = post(front, "first");
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).isEqualTo("{\"__type\":\"name.space#Code\",\"message\":\"Slow down\"}");
            HttpResponse<String> passed = post(front, "second");
            assertThat(passed.statusCode()).isEqualTo(200);
            assertThat(passed.body()).isEqualTo("from the server");

            assertThat(front.requests()).containsExactly("first", "second");
            assertThat(server.requests()).containsExactly("second");
        }
    }

    private static HttpResponse<String> post(FrontServer front, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + front.port()))
                                .headers("Content-Type", "text/plain", "X-Amz-Target", "t", "X-Amz-Date", "d")
                                .header("Authorization", "a")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }
}
