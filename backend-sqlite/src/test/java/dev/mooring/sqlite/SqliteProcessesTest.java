// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.Page;
import dev.mooring.backend.StoredConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one file, and processes that are killed. */
class SqliteProcessesTest {

    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();
    private Backend backend;

    @BeforeEach
    void open() {
        backend = Backends.open("sqlite://" + directory.resolve("chat.db") + "?timeout=30s");
    }

    @AfterEach
    void close() throws InterruptedException {
        backend.close();
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void severalMayCreateTheDatabaseAtOnce() throws Exception {
        int creators = 6;
        ExecutorService threads = Executors.newFixedThreadPool(creators);
        try {
            for (int round = 0; round < 30; round++) {
                String dsn = "sqlite://" + directory.resolve("new" + round + ".db") + "?timeout=30s";
                List<Callable<Boolean>> tasks = Collections.nCopies(creators, () -> {
                    try (Backend creator = Backends.open(dsn)) {
                        return creator.delete("nobody").isEmpty();
                    }
                });
                for (Future<Boolean> created : threads.invokeAll(tasks)) {
                    assertThat(created.get()).isTrue();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void twoProcessesLoseNoUpdate() throws Exception {
        int each = 300;
        backend.save(new StoredConnection(
                "counter", "0", Set.of("room"), Instant.now().plusSeconds(600)));
        Process one = start("count", "sqlite://chat.db?timeout=30s", "counter", String.valueOf(each));
        Process other = start("count", "sqlite://./chat.db?timeout=30s", "counter", String.valueOf(each));

        Traffic.count(backend, "counter", each);

        for (Process process : List.of(one, other)) {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        assertThat(backend.find("counter").map(StoredConnection::state)).contains(String.valueOf(3 * each));
    }

    @Test
    void killingAProcessInTheMiddleOfTrafficLosesNothingThatWasWritten() throws Exception {
        for (int round = 0; round < 3; round++) {
            List<String> done = writeAndKill("r" + round + "-", 400);

            Set<String> kept = new HashSet<>();
            for (String line : done) {
                String id = line.substring("kept ".length(), line.length() - 1);
                if (line.startsWith("kept ")) {
                    kept.add(id);
                    assertThat(backend.find(id).map(StoredConnection::state))
                            .as(line)
                            .contains("2");
                } else {
                    assertThat(backend.find(id)).as(line).isEmpty();
                }
            }
            assertThat(done.size()).isGreaterThanOrEqualTo(400);
            assertThat(members("second")).containsAll(kept);
            assertChannelsAgree();
            assertThat(integrity()).isEqualTo("ok");
        }
    }

    /** Lets a process write until it has told of so many writes, kills it, and returns all that it told. */
    private List<String> writeAndKill(String prefix, int enough) throws IOException, InterruptedException {
        Process process = start("write", "sqlite://chat.db?timeout=30s", prefix);
        List<String> done = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.endsWith(".")) { // else it was cut off
                    done.add(line);
                }
                if (done.size() == enough) {
                    process.toHandle().destroyForcibly(); // unlike the process itself, leaves its output readable
                }
            }
        }
        process.waitFor();
        return done;
    }

    /** No membership without its record, and the other way round: the last transaction is there as a whole or not. */
    private void assertChannelsAgree() {
        for (String channel : List.of("first", "second")) {
            for (String id : members(channel)) {
                assertThat(backend.find(id).map(StoredConnection::channels))
                        .as("channels of %s", id)
                        .contains(Set.of(channel));
            }
        }
        assertThat(members("first").size() + members("second").size()).isEqualTo(listed().size());
    }

    private Set<String> members(String channel) {
        Page<String> page = backend.members(channel, null, 1_000_000);
        return new HashSet<>(page.items());
    }

    private List<String> listed() {
        return backend.connections(null, 1_000_000).items();
    }

    private String integrity() throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("chat.db"));
                var statement = connection.createStatement();
                var result = statement.executeQuery("PRAGMA integrity_check")) {
            return result.getString(1);
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + directory, // where a killed process leaves the driver's library
                "-cp",
                System.getProperty("java.class.path"),
                Traffic.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        return process;
    }
}
