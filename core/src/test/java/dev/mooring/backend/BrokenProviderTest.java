// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider that does not load is named where its scheme is missing, and does not hide the others. */
class BrokenProviderTest {

    private static final String PROVIDER = "dev.mooring.backend.TestProvider$";
    private static final String SPI = "dev.mooring.backend.BackendProvider: ";

    @TempDir
    Path folder;

    @TempDir
    Path next;

    @ParameterizedTest
    @CsvSource({
        "gone.Provider, " + SPI + "Provider gone.Provider not found",
        PROVIDER + "Stranger, " + PROVIDER + "Stranger not a subtype",
        PROVIDER + "FailingConstructor, " + SPI + "Provider " + PROVIDER
                + "FailingConstructor could not be instantiated",
        PROVIDER + "FailingClass, " + SPI + "Provider " + PROVIDER + "FailingClass could not be instantiated",
        PROVIDER + "PrivateConstructor, " + SPI + PROVIDER
                + "PrivateConstructor Unable to get public no-arg constructor",
        PROVIDER + "FailingSchemes, " + PROVIDER + "FailingSchemes does not say its schemes",
        PROVIDER + "NullSchemes, " + PROVIDER + "NullSchemes does not say its schemes",
        "no class name, Illegal configuration-file syntax",
    })
    void aBrokenProviderIsNamedAndHidesNoOther(String line, String problem) throws IOException {
        try (URLClassLoader broken = ClassPath.withServices(folder, line);
                URLClassLoader context = ClassPath.withServices(broken, next, PROVIDER + "Fleet")) {
            assertThat(ClassPath.open(context, "fleet://x")).isInstanceOf(MemoryBackend.class);
            assertThatThrownBy(() -> ClassPath.open(context, "redis://x"))
                    .isInstanceOf(InvalidDsnException.class)
                    .hasMessageContaining("Add the dependency dev.mooring:mooring-backend-redis."
                            + " Found: armada, fleet, memory. Failed to load: ")
                    .hasMessageContaining(problem);
        }
    }

    @Test
    void theFailuresCausesComeAlong() throws IOException {
        try (URLClassLoader context = ClassPath.withServices(folder, PROVIDER + "FailingConstructor")) {
            assertThatThrownBy(() -> ClassPath.open(context, "fleet://x"))
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1))
                    .satisfies(e -> assertThat(e.getSuppressed()[0].getCause()).hasMessage("no constructor today"));
        }
    }

    @Test
    void aProviderWhoseParentIsGoneHidesNoOther() throws IOException {
        compileAndForget("Parent", "public class Orphan extends Parent {}", "public class Parent extends Fleet {}");
        try (URLClassLoader context = ClassPath.withServices(folder, "Orphan", PROVIDER + "Fleet")) {
            assertThat(ClassPath.open(context, "fleet://x")).isInstanceOf(MemoryBackend.class);
            assertThatThrownBy(() -> ClassPath.open(context, "redis://x"))
                    .isInstanceOf(InvalidDsnException.class)
                    .hasMessageContaining("Failed to load: java.lang.NoClassDefFoundError: Parent.");
        }
    }

    @Test
    void severalBrokenProvidersAreAllNamed() throws IOException {
        try (URLClassLoader context = ClassPath.withServices(folder, "gone.One", "gone.Two")) {
            assertThatThrownBy(() -> ClassPath.open(context, "redis://x"))
                    .hasMessageContaining("Failed to load: " + SPI + "Provider gone.One not found; " + SPI
                            + "Provider gone.Two not found. In a shaded jar");
        }
    }

    @Test
    void aClassLoaderThatCannotListItsResourcesEndsTheSearch() {
        ClassLoader context = new ClassLoader(getClass().getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                throw new IOException("cannot list");
            }
        };
        assertThat(ClassPath.open(context, "memory://")).isInstanceOf(MemoryBackend.class);
        assertThatThrownBy(() -> ClassPath.open(context, "redis://x"))
                .hasMessageContaining("Found: memory. Failed to load: " + SPI + "Error ")
                .satisfies(e -> assertThat(e.getMessage()).containsOnlyOnce("Error "));
    }

    private void compileAndForget(String name, String... sources) throws IOException {
        String[] arguments = new String[sources.length + 2];
        arguments[0] = "-d";
        arguments[1] = folder.toString();
        for (int i = 0; i < sources.length; i++) {
            Path file = folder.resolve(sources[i].split(" ", 4)[2] + ".java");
            Files.writeString(file, "import dev.mooring.backend.TestProvider.Fleet; " + sources[i]);
            arguments[i + 2] = file.toString();
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                .isZero();
        Files.delete(folder.resolve(name + ".class"));
    }
}
