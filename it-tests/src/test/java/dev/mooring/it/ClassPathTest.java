// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
                    dynamodb, dynamodb://table?endpoint_url=http://localhost:1,     DynamoDbBackend, dynamodb
                    s3,       s3://bucket?endpoint_url=http://localhost:1,          S3Backend,       s3
                    postgres, postgresql://localhost:1/db,                          PostgresBackend, postgresql|HikariCP
                    redis,    redis://localhost:1,                                  RedisBackend,    jedis
                    """)
    void aBackendWorksAloneAndBringsNoOtherStoresClient(String backend, String dsn, String opened, String own)
            throws Exception {
        String classPath = runtimeClassPath("backend-" + backend);
        // but for SQLite nobody is there, and to say so the client has to be whole
        assertThat(run(classPath, dsn))
                .matches("opened dev\\.mooring\\.\\w+\\." + opened
                        + (backend.equals("sqlite") ? "\\ROptional\\.empty" : "\\R.+: find failed: .+"));
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

    @Test
    void theBomHasWhatIsPublished() throws IOException {
        List<String> published = new ArrayList<>();
        for (String module : texts("module", ROOT.resolve("pom.xml"))) {
            Path pom = ROOT.resolve(module + "/pom.xml");
            if (!module.startsWith("examples/") && !Files.readString(pom).contains("<maven.deploy.skip>true<")) {
                // behind that of the parent, which the BOM has none of
                published.add(texts("artifactId", pom).get(module.equals("bom") ? 0 : 1));
            }
        }

        assertThat(texts("artifactId", ROOT.resolve("bom/pom.xml"))).containsExactlyInAnyOrderElementsOf(published);
    }

    private static List<String> texts(String element, Path pom) throws IOException {
        return Pattern.compile("<" + element + ">([^<]+)<")
                .matcher(Files.readString(pom))
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    /** As {@code dependency:build-classpath} wrote it, with the module itself in front. */
    private static String runtimeClassPath(String module) throws IOException {
        Path target = ROOT.resolve(module + "/target");
        return target.resolve("classes")
                + File.pathSeparator
                + Files.readString(target.resolve("runtime.classpath")).strip();
    }

    private static String run(String classPath, String dsn) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath
                                + File.pathSeparator
                                + Path.of("target/test-classes").toAbsolutePath(),
                        OpenBackend.class.getName(),
                        dsn)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "AWS_REGION", "eu-west-1", "AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test"));
        Process process = builder.start();
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
