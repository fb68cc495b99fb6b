// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.Acceptance;
import dev.mooring.Publisher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishTest {

    private final Harbour harbour = new Harbour();
    private final Publisher publisher = harbour.engine.publisher();

    @BeforeEach
    void connect() {
        harbour.onConnect = connection -> {
            connection.subscribe(connection.id().startsWith("l") ? "lobby" : "other");
            return Acceptance.accept();
        };
        for (String id : new String[] {"l1", "l2", "o1"}) {
            harbour.connect(id);
        }
    }

    @Test
    void aChannelReachesItsMembersOnly() {
        assertThat(publisher.publish("lobby", "hi").delivered()).isEqualTo(2);
        assertThat(harbour.sent).containsExactlyInAnyOrder("l1<hi", "l2<hi");
    }

    @Test
    void aChannelWithoutMembersIsNoError() {
        assertThat(publisher.publish("nobody", "hi").delivered()).isZero();
    }

    @Test
    void aBroadcastReachesEverybodyButTheExcepted() {
        assertThat(publisher.broadcast("hi", "l2", "stranger").delivered()).isEqualTo(2);
        assertThat(harbour.sent).containsExactlyInAnyOrder("l1<hi", "o1<hi");
    }

    @Test
    void aRefusalDoesNotKeepTheMessageFromTheOthers() {
        harbour.refused.add("l1");
        var report = publisher.publish("lobby", "hi");
        assertThat(report.delivered()).isEqualTo(1);
        assertThat(report.failed()).isEqualTo(Map.of("refused", 1L));
    }

    @Test
    void refusalsAreLoggedByCauseAndSuccessIsNot() {
        List<String> log = new ArrayList<>();
        Logger logger = Logger.getLogger(EnginePublisher.class.getName());
        logger.setFilter(entry -> {
            log.add(entry.getLevel() + " " + entry.getMessage());
            return false;
        });
        try {
            publisher.broadcast("s3cr3t");
            harbour.refused.addAll(List.of("l1", "o1"));
            publisher.broadcast("s3cr3t");
        } finally {
            logger.setFilter(null);
        }
        assertThat(log).containsExactly("WARNING Clients not reached: 2. refused");
    }

    @Test
    void moreThanAPageIsReached() {
        for (int i = 0; i < 2500; i++) {
            harbour.engine.connect("l" + i, harbour.handshake());
        }
        assertThat(publisher.publish("lobby", "hi").delivered()).isEqualTo(2500);
        assertThat(publisher.members("lobby").distinct()).hasSize(2500);
    }

    @Test
    void membersAreReadAPageAtATime() {
        for (int i = 0; i < 2500; i++) {
            harbour.engine.connect("l" + i, harbour.handshake());
        }
        harbour.backend.calls();
        assertThat(publisher.members("lobby").limit(3)).hasSize(3);
        assertThat(harbour.backend.calls()).containsExactly("members");
        assertThat(publisher.members("lobby").findAny()).isPresent();
        assertThat(harbour.backend.calls()).containsExactly("members");
        assertThat(publisher.members("lobby").count()).isEqualTo(2500);
        assertThat(harbour.backend.calls()).containsExactly("members", "members", "members");
    }

    @Test
    void attributesOfOthersCanBeRead() {
        harbour.onMessage(connection -> connection.attributes().put("nick", "ann"));
        harbour.message("l1");
        assertThat(publisher.attributes("l1")).contains(Map.of("nick", "ann"));
        assertThat(publisher.attributes("stranger")).isEmpty();
    }

    @Test
    void anImpossibleChannelNameIsAnError() {
        assertThatThrownBy(() -> publisher.publish("", "hi"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A channel name has 1 to 128 characters, this one has 0.");
    }
}
