// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.testsupport.Await;
import dev.mooring.testsupport.Folders;
import dev.mooring.testsupport.FreePorts;
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
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.util.SafeEncoder;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis server in a process of its own, on a free port and in a directory that goes with it: the one that the
 * embedded-redis artifact carries, or the one that the system property {@code mooring.redis.server} names.
 */
final class RedisProcess implements AutoCloseable {

    private static final long START_SECONDS = 30;

    private final int port;
    private final Path directory;
    private final List<String> command;
    private final Thread shutdownHook = new Thread(this::stop);
    private Process process;

    private RedisProcess(int port, Path directory, List<String> command) throws IOException {
        this.port = port;
        this.directory = directory;
        this.command = command;
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /** Starts a server that keeps all in memory. Settings are arguments of redis-server: {@code --name}, value, … */
    static RedisProcess start(String... settings) {
        return startListening("--port", settings);
    }

    /** Starts a server that speaks TLS only. */
    static RedisProcess startTls(String... settings) {
        return startListening("--tls-port", settings);
    }

    /** Starts a Sentinel, which alone decides that a primary is down and who takes its place. */
    static RedisProcess startSentinel(String name, RedisProcess primary) {
        try {
            int port = FreePorts.next();
            Path directory = Files.createTempDirectory("mooring-redis");
            Path settings = directory.resolve("sentinel.conf");
            Files.write(
                    settings,
                    List.of(
                            "bind 127.0.0.1",
                            "port " + port,
                            "dir " + directory,
                            "sentinel monitor " + name + " 127.0.0.1 " + primary.port + " 1",
                            "sentinel down-after-milliseconds " + name + " 1000",
                            // if a failover comes to nothing, it tries again after twice that
                            "sentinel failover-timeout " + name + " 3000"));
            String binary = binary(directory).getPath();
            return new RedisProcess(port, directory, List.of(binary, settings.toString(), "--sentinel"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RedisProcess startListening(String portSetting, String... settings) {
        try {
            int port = FreePorts.next();
            Path directory = Files.createTempDirectory("mooring-redis");
            List<String> command = new ArrayList<>(List.of(
                    binary(directory).getPath(), "--bind", "127.0.0.1", "--dir", directory.toString(), "--save", ""));
            command.addAll(List.of("--port", "0", portSetting, String.valueOf(port)));
            command.addAll(List.of(settings));
            return new RedisProcess(port, directory, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** Where the server keeps its files. */
    Path directory() {
        return directory;
    }

    /** A client of the tests' own, to look at what the backend does from another side. The caller closes it. */
    RedisClient client() {
        return client(
                DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP2).timeoutMillis(30_000));
    }

    RedisClient client(DefaultJedisClientConfig.Builder config) {
        JedisClientConfig built = config.build();
        return RedisClient.builder()
                .hostAndPort(new HostAndPort("127.0.0.1", port))
                .clientConfig(built)
                .build();
    }

    /** Runs a command on the server and returns its reply as text. */
    String run(Protocol.Command command, String... words) {
        try (RedisClient client = client()) {
            Object reply = client.executeCommand(new CommandArguments(command).addObjects((Object[]) words));
            return String.valueOf(SafeEncoder.encodeObject(reply));
        }
    }

    /** How far the server has come with what a primary and its replicas have in common. */
    String replicationOffset() {
        return info("replication", "master_repl_offset:");
    }

    /** How many scripts the server was asked to run. */
    int scriptCalls() {
        return Integer.parseInt(info("commandstats", "cmdstat_evalsha:").replaceAll(".*:calls=([0-9]+),.*", "$1"));
    }

    private String info(String section, String name) {
        return run(Protocol.Command.INFO, section)
                .lines()
                .filter(line -> line.startsWith(name))
                .findAny()
                .orElseThrow();
    }

    /** Starts the server again, on the same port and with what it saved. */
    void restart() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the server without a goodbye. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Halts the server, as a machine does that is gone: connections are accepted and nothing is ever said. */
    void freeze() {
        try {
            new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(shutdownHook);
        stop();
    }

    private void stop() {
        kill();
        Await.until("its directory is gone", this::isDeleted);
    }

    /** Not at the first attempt if a process that was saving survives its server for a moment. */
    private boolean isDeleted() {
        try {
            Folders.delete(directory);
        } catch (UncheckedIOException e) {
            // something came or went meanwhile
        }
        return Files.notExists(directory);
    }

    private static File binary(Path directory) throws IOException {
        String other = System.getProperty("mooring.redis.server");
        return other != null
                ? new File(other)
                : ExecutableProvider.newJarResourceProvider(directory.toFile()).get();
    }

    private Process launch() throws IOException {
        File log = directory.resolve("log.txt").toFile();
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try {
            while (!isListening()) {
                if (started.waitFor(10, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                    started.destroyForcibly();
                    throw new IllegalStateException("Redis did not start: " + Files.readString(log.toPath()));
                }
            }
        } catch (InterruptedException e) {
            started.destroyForcibly();
            throw new IllegalStateException(e);
        }
        return started;
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
