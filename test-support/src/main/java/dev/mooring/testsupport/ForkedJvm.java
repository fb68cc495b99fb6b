// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * A server in a JVM of its own, on a free port of this machine, so that its class path does not meet that of the tests.
 * Its files go to a directory that {@link #close} deletes. It ends with this JVM at the latest. Thread-safe.
 */
public final class ForkedJvm implements AutoCloseable {

    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 10;

    private final int port;
    private final Path directory;
    private final Process process;
    private final Thread shutdownHook = new Thread(this::stop, "stop forked JVM");

    private ForkedJvm(int port, Path directory, Process process) {
        this.port = port;
        this.directory = directory;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /**
     * Starts a server and waits until its port takes connections.
     *
     * @param classpathFile holds the server's class path, as {@code dependency:build-classpath} writes it; the {@code
     *     classes} beside it, if any, come first
     * @param mainClass the server's main class
     * @param arguments the main class's arguments for a port
     * @return the server, which the caller closes
     * @throws IllegalStateException if it ends, or does not listen within a minute; holds what it printed
     */
    public static ForkedJvm start(Path classpathFile, String mainClass, IntFunction<List<String>> arguments) {
        try {
            int port = FreePorts.next();
            Path directory = Files.createTempDirectory("mooring-forked-jvm");
            ForkedJvm jvm = new ForkedJvm(
                    port,
                    directory,
                    fork(directory, joined(classPath(classpathFile)), mainClass, arguments.apply(port)));
            jvm.awaitListening(mainClass);
            return jvm;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + mainClass, e);
        }
    }

    /**
     * Where the server listens.
     *
     * @return a port of this machine
     */
    public int port() {
        return port;
    }

    /**
     * Where an HTTP server listens.
     *
     * @return {@code http://localhost:<port>}, by name: clients treat an IP address differently
     */
    public String url() {
        return "http://localhost:" + port;
    }

    /** Stops the server and deletes its files. Closing twice is fine. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // this JVM is going down, and the hook runs anyway
        }
        stop();
    }

    static List<Path> classPath(Path classpathFile) throws IOException {
        List<Path> entries = new ArrayList<>(List.of(classpathFile.resolveSibling("classes")));
        for (String entry : Files.readString(classpathFile).strip().split(File.pathSeparator, -1)) {
            entries.add(Path.of(entry));
        }
        return entries;
    }

    private static String joined(List<Path> classPath) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Process fork(Path directory, String classPath, String mainClass, List<String> arguments)
            throws IOException {
        // A class path of a hundred jars is longer than some systems allow on a command line.
        Path argumentFile = directory.resolve("java.args");
        Files.writeString(argumentFile, "-cp \"" + classPath.replace("\\", "\\\\") + "\"\n");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Djava.io.tmpdir=" + directory,
                "@" + argumentFile,
                mainClass));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output(directory).toFile())
                .start();
    }

    private static Path output(Path directory) {
        return directory.resolve("output.txt");
    }

    private void awaitListening(String mainClass) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try {
            while (!isListening()) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                    throw failure(mainClass, process.isAlive() ? "does not listen on port " + port : "ended");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(mainClass, "was interrupted while it started");
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private IllegalStateException failure(String mainClass, String problem) throws IOException {
        String printed = Files.readString(output(directory));
        close();
        return new IllegalStateException(mainClass + " " + problem + ". It printed:\n" + printed);
    }

    private synchronized void stop() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Folders.delete(directory);
    }
}
