// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The command line, or another program, in a JVM of its own. */
final class CommandLine implements AutoCloseable {

    /** How a run ended. */
    record End(int status, List<String> output, List<String> errors) {}

    private static final long LIMIT_SECONDS = 300;

    private final Process process;
    private final CompletableFuture<Process> ended;
    private final BufferedReader output;
    private final CompletableFuture<List<String>> errors;

    CommandLine(String... arguments) throws IOException {
        this(Main.class, arguments);
    }

    CommandLine(Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).start();
        ended = process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS);
        // reading what it prints would otherwise wait as long as it runs, whatever the test's own limit
        var unused = ended.whenComplete((end, overdue) -> process.destroyForcibly());
        output = process.inputReader(StandardCharsets.UTF_8);
        errors = CompletableFuture.supplyAsync(() -> lines(process.getErrorStream()), Background.THREADS);
    }

    private static List<String> lines(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                .lines()
                .toList();
    }

    String readLine() throws IOException {
        return output.readLine();
    }

    /** What Ctrl-C does, or another signal. */
    void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    End await() throws Exception {
        List<String> rest = output.lines().toList();
        return new End(ended.get().exitValue(), rest, errors.get());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
