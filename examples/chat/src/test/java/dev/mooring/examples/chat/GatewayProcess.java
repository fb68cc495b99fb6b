// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The local gateway in a process of its own, started as from the command line. */
final class GatewayProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ws://localhost:\\d+/dev");

    private final Process process;
    private final URI uri;

    private GatewayProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
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
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line; (line = output.readLine()) != null; ) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                return new GatewayProcess(process, URI.create(ready.group()));
            }
        }
        throw new IllegalStateException("The gateway ended before it was ready.");
    }

    URI uri() {
        return uri;
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
