// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user picks one backend's jar, and gets what that needs and nothing of another store. */
class ClassPathTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @ParameterizedTest
    @CsvSource(textBlock = """
                    sqlite,   sqlite://:memory:,                                    SqliteBackend,   sqlite-jdbc
                    dynamodb, dynamodb://table?region=eu-west-1,                    DynamoDbBackend, dynamodb
                    s3,       s3://bucket?region=eu-west-1,                         S3Backend,       s3
                    postgres, postgresql://localhost:1/db,                          PostgresBackend, postgresql|HikariCP
                    redis,    redis://localhost:1,                                  RedisBackend,    jedis
                    """)
    void aBackendWorksAloneAndBringsNoOtherStoresClient(String backend, String dsn, String opened, String own)
            throws Exception {
        String classPath = runtimeClassPath("backend-" + backend);
        assertThat(run(classPath, dsn)).startsWith("opened dev.mooring.").endsWith("." + opened);
        assertThatItsClientsAre(own, classPath);
        System.out.printf(Locale.ROOT, "class path of %s: %.1f MB%n", backend, megabytes(classPath));
    }

    @Test
    void theQueueBringsItsOwnClientAndNoStores() throws IOException {
        String classPath = runtimeClassPath("queue-sqs");
        assertThatItsClientsAre("sqs", classPath);
        System.out.printf(Locale.ROOT, "class path of queue-sqs: %.1f MB%n", megabytes(classPath));
    }

    private static void assertThatItsClientsAre(String own, String classPath) {
        List<String> clients = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(classPath)
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(Pattern.compile("^(netty|sqlite-jdbc|dynamodb|s3|sqs|postgresql|HikariCP|jedis)-")
                        .asPredicate())
                .toList();
        assertThat(clients).isNotEmpty().allMatch(jar -> jar.matches("(" + own + ")-.*"));
    }

    @Test
    void withoutItsJarTheErrorSaysWhichToAdd() throws Exception {
        assertThat(run(ROOT.resolve("core/target/classes").toString(), "redis://user:secret@localhost"))
                .contains("dev.mooring:mooring-backend-redis")
                .contains("memory")
                .doesNotContain("secret");
    }

    /** As {@code dependency:build-classpath} wrote it, with the module itself in front. */
    private static String runtimeClassPath(String module) throws IOException {
        Path target = ROOT.resolve(module + "/target");
        return target.resolve("classes")
                + File.pathSeparator
                + Files.readString(target.resolve("runtime.classpath")).strip();
    }

    private static String run(String classPath, String dsn) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath
                                + File.pathSeparator
                                + Path.of("target/test-classes").toAbsolutePath(),
                        OpenBackend.class.getName(),
                        dsn)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).isZero();
        return output;
    }

    private static double megabytes(String classPath) {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                        .splitAsStream(classPath)
                        .map(File::new)
                        .filter(File::isFile)
                        .mapToLong(File::length)
                        .sum()
                / 1e6;
    }
}
