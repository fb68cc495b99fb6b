// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.Acceptance;
import dev.mooring.Job;
import dev.mooring.Publisher;
import dev.mooring.backend.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A channel whose first hundred pages are empty, as where all on them have expired, and take a second each. */
class EmptyPagesTest {

    private static final int EMPTY_PAGES = 100;

    private final Harbour harbour = new Harbour();

    private final CountingBackend backend = new CountingBackend(harbour.backend) {
        @Override
        public Page<String> members(String channel, String cursor, int limit) {
            harbour.now = harbour.now.plusSeconds(1);
            int page = cursor == null ? 0 : Integer.parseInt(cursor);
            return page < EMPTY_PAGES
                    ? new Page<>(List.of(), String.valueOf(page + 1))
                    : super.members(channel, null, limit);
        }
    };

    @BeforeEach
    void connect() {
        harbour.onConnect = connection -> {
            connection.subscribe("lobby");
            return Acceptance.accept();
        };
        harbour.connect("a");
    }

    private Publisher publisherForSeconds(int seconds, JobQueue queue) {
        return Engine.builder(harbour, backend, harbour)
                .clock(() -> harbour.now)
                .queue(queue)
                .build()
                .until(harbour.now.plusSeconds(seconds), Duration.ZERO)
                .publisher();
    }

    @Test
    void whenTheTimeIsUpTheRestBeginsAtThePageThatWouldHaveBeenNext() {
        Job rest = Job.publish("lobby", "hi").from("10");
        assertThat(publisherForSeconds(10, null).publish("lobby", "hi").rest()).containsExactly(rest);
        assertThat(publisherForSeconds(1000, null).run(rest).delivered()).isEqualTo(1);
    }

    @Test
    void theRestIsQueuedWhileThereIsTimeForThat() {
        List<Job> queue = new ArrayList<>();
        assertThat(publisherForSeconds(10, queue::addAll).publish("lobby", "hi").queued())
                .isEqualTo(1);
        assertThat(queue).containsExactly(Job.publish("lobby", "hi").from("10"));
    }

    @Test
    void membersAreListedToTheEndWhateverTheTime() {
        assertThat(publisherForSeconds(10, null).members("lobby")).containsExactly("a");
    }
}
