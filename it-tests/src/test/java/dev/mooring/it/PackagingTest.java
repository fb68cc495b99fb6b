// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.gateway.LocalGateway;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What users deploy, packed by {@code examples/lambda-function} in two ways, runs under the runtime interface client with
 * nothing of this build beside it. Needs the phase {@code package} of that module: {@code mvn verify}.
 */
@Timeout(300)
@EnabledOnOs(value = OS.LINUX, disabledReason = "The runtime interface client has native libraries for Linux only.")
class PackagingTest {

    enum Packaging {
        SHADED_JAR("function.jar"),
        ZIP_WITH_LIB("function.zip");

        private final String file;

        Packaging(String file) {
            this.file = file;
        }

        PackedFunction function() {
            return new PackedFunction(Path.of("../examples/lambda-function/target", file));
        }
    }

    private static final String HANDLER = "dev.mooring.examples.function.LobbyHandler";
    private static final String OWN_CODE =
            "dev/mooring/((adapter|backend|json|lambda|postgres|examples/function)/)?[^/]+";
    private static final String LIBRARIES =
            "(com/amazonaws/services/lambda/runtime|com/zaxxer/hikari|org/postgresql|org/slf4j)/.+";

    @TempDir
    static Path serverDirectory;

    private static EmbeddedPostgres server;

    @TempDir
    Path code;

    @BeforeAll
    static void startServer() throws IOException {
        Redirect log = Redirect.appendTo(serverDirectory.resolve("log.txt").toFile());
        server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(
                        Path.of("target", "embedded-pg").toAbsolutePath().toFile())
                .setDataDirectory(serverDirectory.resolve("data"))
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                .start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void itServesClientsWithNothingElseOnTheClassPath(Packaging packaging) throws Exception {
        System.out.printf(
                Locale.ROOT, "%s: %.2f MB%n", packaging, packaging.function().megabytes());
        String dsn = "postgresql://postgres@localhost:" + server.getPort() + "/postgres?timeout=1m&table=" + packaging;

        try (FunctionPool pool = new FunctionPool();
                LocalGateway gateway = LocalGateway.builder(pool).port(0).start()) {
            pool.start(1, deployed(packaging).dsn(dsn), gateway.endpoint());
            Client ann = Client.connect(URI.create(gateway.uri() + "?name=ann"));
            Client bob = Client.connect(URI.create(gateway.uri() + "?name=bob"));

            assertThat(ann.ask("hi")).isEqualTo("ann: hi");
            assertThat(bob.receive()).isEqualTo("ann: hi");
            bob.close();
            assertThat(ann.receive()).isEqualTo("bob left");
            assertThat(pool.processes().get(0).output()).doesNotContain("SLF4J");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWrongSchemesErrorNamesThoseThatAreThere(Packaging packaging) throws Exception {
        try (FunctionProcess process = FunctionProcess.start(deployed(packaging).dsn("redis://localhost"))) {
            assertThatThrownBy(() -> process.invoke(new byte[0], Duration.ofSeconds(60)))
                    .isInstanceOf(FunctionException.class)
                    .hasMessageContaining("No backend for the scheme 'redis' is on the class path.")
                    .hasMessageContaining("Found: memory, postgres, postgresql.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void itHoldsOneStoresClientAndNoTestLibrary(Packaging packaging) throws IOException {
        assertThat(classes(packaging))
                .contains("org/postgresql/Driver.class", "dev/mooring/examples/function/Lobby.class")
                .allMatch(name -> name.matches(OWN_CODE + "|" + LIBRARIES));
    }

    @Test
    void shadingLosesNoClassAndNoService() throws IOException {
        Map<String, Set<String>> services = Packaging.SHADED_JAR.function().services();

        assertThat(classes(Packaging.SHADED_JAR)).isEqualTo(classes(Packaging.ZIP_WITH_LIB));
        assertThat(services).isEqualTo(Packaging.ZIP_WITH_LIB.function().services());
        assertThat(services.get("dev.mooring.backend.BackendProvider")).hasSize(2);
        assertThat(services).containsKeys("java.sql.Driver", "org.slf4j.spi.SLF4JServiceProvider");
    }

    @Test
    void theShadedJarHasNothingThatWasTrueOfItsLibrariesOnly() throws IOException {
        assertThat(Packaging.SHADED_JAR.function().files())
                .noneMatch(
                        name -> name.matches("META-INF/.*\\.(SF|DSA|RSA|EC)|META-INF/versions/.*|module-info\\.class"));
    }

    private DeployedFunction deployed(Packaging packaging) throws IOException {
        packaging.function().unpackInto(code);
        return DeployedFunction.unpacked(code, HANDLER);
    }

    /** Those that any JDK finds. */
    private static Set<String> classes(Packaging packaging) throws IOException {
        return packaging.function().files().stream()
                .filter(name -> name.endsWith(".class") && !name.matches("META-INF/.*|module-info\\.class"))
                .collect(Collectors.toSet());
    }
}
