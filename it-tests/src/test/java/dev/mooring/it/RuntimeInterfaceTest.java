// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.gateway.LocalGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A function in two processes, under AWS's own runtime interface client, on one store. */
@Timeout(300)
@EnabledOnOs(value = OS.LINUX, disabledReason = "The runtime interface client has native libraries for Linux only.")
class RuntimeInterfaceTest {

    @TempDir
    Path directory;

    private final FunctionPool pool = new FunctionPool();
    private LocalGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = LocalGateway.builder(pool).port(0).start();
        DeployedFunction tally =
                DeployedFunction.of(TallyHandler.class).dsn("sqlite://" + directory.resolve("store.db"));
        pool.start(2, tally, gateway.endpoint());
    }

    @AfterEach
    void close() {
        gateway.close();
        pool.close();
    }

    @Test
    void everyProcessKnowsWhatWasKeptInTheOther() throws Exception {
        Client ann = Client.connect(gateway.uri());

        String first = ann.ask("count");
        String second = ann.ask("count");
        String third = ann.ask("count");

        assertThat(first).startsWith("1 in ");
        assertThat(second).startsWith("2 in ");
        assertThat(third).startsWith("3 in ");
        assertThat(Set.of(pid(first), pid(second))).isEqualTo(pids());
    }

    @Test
    void everyProcessReachesTheClientsThatTheOtherLetIn() throws Exception {
        Client ann = Client.connect(gateway.uri());
        Client bob = Client.connect(gateway.uri());
        assertThat(Set.of(pid(ann.ask("where")), pid(bob.ask("where")))).isEqualTo(pids());

        // which one is free when ann asks is a matter of chance
        Set<Long> told = new HashSet<>();
        while (!told.equals(pids())) {
            String heard = ann.ask("tell");
            assertThat(bob.receive()).isEqualTo(heard);
            told.add(pid(heard));
        }
    }

    @Test
    void aDisconnectIsHeardOfOnceByThoseWhoStay() throws Exception {
        Client ann = Client.connect(gateway.uri());
        Client bob = Client.connect(gateway.uri());
        bob.ask("count");

        bob.close();

        assertThat(ann.receive()).isEqualTo("left after 1");
        assertThat(ann.ask("count")).startsWith("1 in ");
    }

    @Test
    void aBugOfTheAppFailsItsEventAlone() throws Exception {
        Client ann = Client.connect(gateway.uri());
        Set<Long> before = pids();

        assertThat(ann.ask("bug")).contains("\"Internal server error\"");

        assertThat(ann.ask("count")).startsWith("1 in ");
        assertThat(ann.ask("count")).startsWith("2 in ");
        assertThat(pids()).isEqualTo(before);
    }

    @Test
    void aKilledProcessCostsTheEventThatItHad() throws Exception {
        Client ann = Client.connect(gateway.uri());
        ann.ask("count");
        long killed = pid(ann.ask("hang"));

        pool.kill(index(killed));

        assertThat(ann.receive()).contains("\"Internal server error\"");
        String second = ann.ask("count");
        String third = ann.ask("count");
        assertThat(second).startsWith("2 in ");
        assertThat(third).startsWith("3 in ");
        assertThat(Set.of(pid(second), pid(third))).isEqualTo(pids()).doesNotContain(killed);
    }

    @Test
    void closingEndsTheProcessesAndDeletesTheirFiles() throws Exception {
        Client ann = Client.connect(gateway.uri());
        ann.ask("count");
        ann.ask("hang");
        List<FunctionProcess> processes = pool.processes();

        pool.close();

        assertThat(processes).hasSize(2).allSatisfy(process -> {
            assertThat(process.isAlive()).isFalse();
            assertThat(process.folder()).doesNotExist();
        });
    }

    private Set<Long> pids() {
        Set<Long> pids = new HashSet<>();
        pool.processes().forEach(process -> pids.add(process.pid()));
        return pids;
    }

    private int index(long pid) {
        return pool.processes().stream().map(FunctionProcess::pid).toList().indexOf(pid);
    }

    private static long pid(String answer) {
        return Long.parseLong(answer.substring(answer.lastIndexOf(' ') + 1));
    }
}
