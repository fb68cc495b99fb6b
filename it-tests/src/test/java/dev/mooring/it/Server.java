// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.testsupport.S3MockServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** A kind and version of server that keeps connections: its container, which keeps its data over a kill, and its DSN. */
enum Server {
    POSTGRES_OLDEST(5432, "postgresql://postgres:secret@localhost:%d/postgres"),
    POSTGRES_NEWEST(5432, "postgresql://postgres:secret@localhost:%d/postgres"),
    REDIS_OLDEST(6379, "redis://localhost:%d"),
    REDIS_NEWEST(6379, "redis://localhost:%d"),
    VALKEY(6379, "redis://localhost:%d"),
    DYNAMODB(8000, "dynamodb://connections?region=eu-west-1&endpoint_url=http://localhost:%d"),
    S3(9090, "s3://mooring/app?region=eu-west-1&endpoint_url=http://localhost:%d");

    /** Where data goes that must outlive the server's process, in every image. */
    static final String DATA = "/tmp";

    static {
        // where the AWS SDK looks first; the emulators take any
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    private final int port;
    private final String dsn;

    Server(int port, String dsn) {
        this.port = port;
        this.dsn = dsn;
    }

    /** Starts one; the caller closes it. */
    RunningServer start() {
        return start(container());
    }

    /** Starts one in a container that the caller has prepared. */
    RunningServer start(GenericContainer<?> container) {
        return RunningServer.start(this, container, port);
    }

    GenericContainer<?> container() {
        return switch (this) {
            case POSTGRES_OLDEST -> postgres("postgres.oldest");
            case POSTGRES_NEWEST -> postgres("postgres.newest");
            case REDIS_OLDEST -> redis("redis.oldest");
            case REDIS_NEWEST -> redis("redis.newest");
            case VALKEY -> redis("valkey");
            case DYNAMODB -> dynamoDb();
            case S3 -> s3();
        };
    }

    /** The signal that ends it. s3mock may not start on what it was writing when it was killed, and so may finish. */
    String endsBy() {
        return this == S3 ? "SIGTERM" : "SIGKILL";
    }

    /** The DSN by which the server is reached at a port of this machine. */
    String dsn(int hostPort) {
        return String.format(Locale.ROOT, dsn, hostPort);
    }

    private static GenericContainer<?> postgres(String image) {
        return new GenericContainer<>(Images.named(image))
                .withEnv("POSTGRES_PASSWORD", "secret")
                .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*\\s", 2));
    }

    private static GenericContainer<?> redis(String image) {
        return new GenericContainer<>(Images.named(image))
                .withCommand("--appendonly", "yes", "--appendfsync", "always", "--dir", DATA)
                .waitingFor(Wait.forListeningPort());
    }

    /** The image's own command, but with a file in place of its memory. */
    private static GenericContainer<?> dynamoDb() {
        DockerImageName image = Images.named("dynamodb");
        List<String> command = new ArrayList<>(ImageCommand.of(image));
        command.removeIf(argument -> argument.equals("-inMemory") || argument.equals("-sharedDb"));
        command.addAll(List.of("-sharedDb", "-dbPath", DATA));
        return new GenericContainer<>(image)
                .withCommand(command.toArray(String[]::new))
                .waitingFor(Wait.forHttp("/").forStatusCode(400));
    }

    private static GenericContainer<?> s3() {
        GenericContainer<?> container = new GenericContainer<>(Images.named("jre"))
                .withEnv("COM_ADOBE_TESTING_S3MOCK_STORE_ROOT", DATA + "/objects")
                .withEnv("COM_ADOBE_TESTING_S3MOCK_STORE_RETAINFILESONEXIT", "true")
                .withCommand("java", "-Xmx256m", "-cp", "/s3/classes:/s3/lib/*", S3MockServer.MAIN_CLASS, "9090")
                .waitingFor(Wait.forHttp("/"));
        for (Path entry : S3MockServer.classPath()) {
            String target = Files.isDirectory(entry) ? "/s3/classes" : "/s3/lib/" + entry.getFileName();
            container.withCopyFileToContainer(MountableFile.forHostPath(entry), target);
        }
        return container;
    }
}
