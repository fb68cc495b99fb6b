// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The local gateway in a process of its own, started as from the command line. */
final class GatewayProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ws://localhost:\\d+/dev");

    private static final long READY_SECONDS = 120;

    private final Process process;
    private final CompletableFuture<URI> uri = new CompletableFuture<>();

    private GatewayProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "gateway's output");
        reader.setDaemon(true);
        reader.start();
    }

    static GatewayProcess chat(String dsn) throws IOException {
        return start(System.getProperty("java.class.path"), ChatHandler.class.getName(), dsn, ChatTest.ROUTES);
    }

    static GatewayProcess start(String classPath, String handler, String dsn, String... routes) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "dev.mooring.gateway.Main",
                "--handler",
                handler,
                "--route",
                String.join(",", routes),
                "--port",
                "0");
        builder.environment().put("MOORING_DSN", dsn);
        GatewayProcess gateway = new GatewayProcess(
                builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
        try {
            gateway.uri.get(READY_SECONDS, TimeUnit.SECONDS);
            return gateway;
        } catch (Exception e) {
            gateway.kill();
            throw new IllegalStateException("The gateway did not start.", e);
        }
    }

    /** Reads to the end, so that the process never waits for a reader. */
    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line; (line = output.readLine()) != null; ) {
                Matcher ready = READY.matcher(line);
                if (ready.find()) {
                    uri.complete(URI.create(ready.group()));
                }
            }
        } catch (IOException e) {
            // it was killed
        }
        uri.completeExceptionally(new IllegalStateException("The gateway ended before it was ready."));
    }

    URI uri() {
        return uri.join();
    }

    /** SIGKILL: nothing of it runs any more. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
