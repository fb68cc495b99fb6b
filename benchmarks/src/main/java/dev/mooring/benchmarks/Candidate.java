// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.benchmarks;

import dev.mooring.testsupport.FaultProxy;
import dev.mooring.testsupport.ForkedJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A store with an HTTP client, and what was measured of it. */
final class Candidate {

    private static final String LINE = "%-10s %-22s %7s %7s %8s %8s %8s %8s %8s %8s %6s %6s %7s%n";

    private final Store store;
    private final HttpClient http;
    private final ForkedJvm server;
    private final ClassPath classPath;
    private final List<long[]> cold = new ArrayList<>();
    private final List<long[]> warm = new ArrayList<>();
    private int busyConnections;
    private int idleConnections;

    Candidate(Store store, HttpClient http, ForkedJvm server) throws IOException {
        this.store = store;
        this.http = http;
        this.server = server;
        this.classPath = ClassPath.of(store, http);
    }

    void start() throws IOException {
        cold.add(fork(server.port(), 0, 0));
    }

    void warmUp(int connections) throws IOException {
        warm.add(fork(server.port(), connections, 0));
    }

    /** How many TCP connections it takes for so many clients' connections, one after the other and after pauses. */
    void countConnections(int busy, int idle, int pauseMillis) throws IOException {
        busyConnections = tcpConnections(busy, 0);
        idleConnections = tcpConnections(idle, pauseMillis);
    }

    private int tcpConnections(int connections, int pauseMillis) throws IOException {
        try (FaultProxy proxy = FaultProxy.to("localhost", server.port())) {
            fork(proxy.port(), connections, pauseMillis);
            return proxy.accepted();
        }
    }

    private long[] fork(int port, int connections, int pauseMillis) throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        classPath.text(),
                        Subject.class.getName(),
                        store.name(),
                        http.name(),
                        "http://localhost:" + port,
                        String.valueOf(connections),
                        String.valueOf(pauseMillis))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        java.environment().put("AWS_ACCESS_KEY_ID", "local");
        java.environment().put("AWS_SECRET_ACCESS_KEY", "local");
        String printed = new String(java.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return Stream.of(printed.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    }

    static void printHeader() {
        System.out.printf(
                LINE, "", "", "first", "CPU", "connect", "", "message", "", "disconn.", "", "TCP", "", "class");
        System.out.printf(
                LINE, "", "", "event", "of it", "p50", "p99", "p50", "p99", "p50", "p99", "busy", "idle", "path");
    }

    /** Milliseconds, and megabytes. */
    void print() throws IOException {
        System.out.printf(
                LINE,
                store.name().toLowerCase(Locale.ROOT),
                http.artifact,
                millis("%.0f", cold, 0),
                millis("%.0f", cold, 1),
                millis("%.2f", warm, 2),
                millis("%.2f", warm, 3),
                millis("%.2f", warm, 4),
                millis("%.2f", warm, 5),
                millis("%.2f", warm, 6),
                millis("%.2f", warm, 7),
                busyConnections,
                idleConnections,
                String.format(Locale.ROOT, "%.1f", classPath.megabytes()));
    }

    private static String millis(String format, List<long[]> runs, int column) {
        long[] sorted = runs.stream().mapToLong(run -> run[column]).sorted().toArray();
        return String.format(Locale.ROOT, format, sorted[sorted.length / 2] / 1e3);
    }
}
