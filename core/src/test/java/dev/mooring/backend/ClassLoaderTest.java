// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

/** Which class loaders are asked for providers: the thread's context, then core's own. */
class ClassLoaderTest {

    private static final ClassLoader WITHOUT_CORE = ClassLoader.getPlatformClassLoader();

    @Test
    void withoutAContextCoresOwnIsAsked() {
        assertThat(ClassPath.open(null, "memory://")).isInstanceOf(MemoryBackend.class);
        assertThatThrownBy(() -> ClassPath.open(null, "redis://x")).hasMessageContaining("Found: memory.");
    }

    @Test
    void aContextThatDoesNotSeeCoreHidesNoProvider() {
        assertThat(ClassPath.open(WITHOUT_CORE, "memory://")).isInstanceOf(MemoryBackend.class);
        assertThatThrownBy(() -> ClassPath.open(WITHOUT_CORE, "redis://x")).hasMessageContaining("Found: memory.");
    }

    @Test
    void aContextWithACoreOfItsOwnHidesNoProvider() throws IOException {
        URL core = Backends.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader context = new URLClassLoader(new URL[] {core}, WITHOUT_CORE)) {
            assertThat(ClassPath.open(context, "memory://")).isInstanceOf(MemoryBackend.class);
            assertThatThrownBy(() -> ClassPath.open(context, "redis://x"))
                    .hasMessageContaining("Found: memory. Failed to load: ")
                    .hasMessageContaining("dev.mooring.backend.MemoryBackendProvider not a subtype.");
        }
    }
}
