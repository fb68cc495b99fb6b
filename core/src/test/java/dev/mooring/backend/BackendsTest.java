// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {

    private static final String FLEET = "dev.mooring.backend.TestProvider$Fleet";
    private static final String OTHER_FLEET = "dev.mooring.backend.TestProvider$OtherFleet";
    private static final String NEVER_OPENED = "dev.mooring.backend.TestProvider$NeverOpened";
    private static final String SHADED =
            " In a shaded jar, merge the META-INF/services files (ServicesResourceTransformer).";

    @TempDir
    Path folder;

    @Test
    void theProviderOfTheSchemeOpensTheBackend() throws IOException {
        try (URLClassLoader context = ClassPath.withServices(folder, FLEET)) {
            assertThat(ClassPath.open(context, "fleet://x")).isInstanceOf(MemoryBackend.class);
            assertThat(ClassPath.open(context, "ARMADA://x")).isInstanceOf(MemoryBackend.class);
            assertThat(ClassPath.open(context, "memory://")).isInstanceOf(MemoryBackend.class);
        }
    }

    @Test
    void nothingElseIsOpened() throws IOException {
        try (URLClassLoader context = ClassPath.withServices(folder, NEVER_OPENED, FLEET)) {
            assertThat(ClassPath.open(context, "fleet://x")).isInstanceOf(MemoryBackend.class);
            assertThatThrownBy(() -> ClassPath.open(context, "unknown://x"))
                    .isInstanceOf(InvalidDsnException.class)
                    .hasMessageContaining("Found: armada, fleet, memory, never.");
        }
    }

    @Test
    void aKnownSchemeWithoutItsBackendNamesTheArtifact() {
        assertThatThrownBy(() -> Backends.open("redis://ann:hunter2@localhost"))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("No backend for the scheme 'redis' is on the class path."
                        + " Add the dependency dev.mooring:mooring-backend-redis. Found: memory." + SHADED);
    }

    @Test
    void anUnknownSchemeSaysHowACustomBackendIsFound() {
        assertThatThrownBy(() -> Backends.open("mysql://ann:hunter2@localhost"))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage(
                        "No backend for the scheme 'mysql' is on the class path. A custom backend is found by the line"
                                + " in META-INF/services/dev.mooring.backend.BackendProvider that names its provider."
                                + " Found: memory." + SHADED);
    }

    @Test
    void severalProvidersOfOneSchemeAreNamed() throws IOException {
        try (URLClassLoader context = ClassPath.withServices(folder, FLEET, OTHER_FLEET)) {
            assertThatThrownBy(() -> ClassPath.open(context, "fleet://x"))
                    .isInstanceOf(InvalidDsnException.class)
                    .hasMessage("Several backends answer to the scheme 'fleet': " + FLEET + " and " + OTHER_FLEET
                            + ". Remove all but one from the class path.");
            assertThat(ClassPath.open(context, "armada://x")).isInstanceOf(MemoryBackend.class);
        }
    }

    @Test
    void aProviderThatIsNamedTwiceIsOne(@TempDir Path again) throws IOException {
        try (URLClassLoader once = ClassPath.withServices(folder, FLEET, FLEET);
                URLClassLoader context = ClassPath.withServices(once, again, FLEET)) {
            assertThat(ClassPath.open(context, "fleet://x")).isInstanceOf(MemoryBackend.class);
        }
    }

    @Test
    void memoryHasNoNameAndNoParameters() {
        assertThatThrownBy(() -> Backends.open("memory://name"))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("memory:// has no name: each memory:// is a store of its own.");
        assertThatThrownBy(() -> Backends.open("memory://?region=x"))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("Unknown parameter 'region' for memory://. Known ones: timeout, ttl.");
    }
}
