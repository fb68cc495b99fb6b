// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/custom-backend.md shows is what this module does. */
class CustomBackendPageTest {

    @TempDir
    Path directory;

    @Test
    void theProviderCompiles() throws IOException {
        // the page leaves out what is around
        String page = """
        import dev.mooring.backend.*;
        import dev.mooring.examples.file.FileBackend;
        import java.nio.file.Path;
        import java.time.InstantSource;
        import java.util.Set;

        class Page {
            %s
        }
        """.formatted(java().get(0));
        Path source = Files.writeString(directory.resolve("Page.java"), page);

        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        String classPath = System.getProperty("java.class.path");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, errors, "-proc:none", "-cp", classPath, "-d", directory.toString(), source.toString());

        assertThat(status).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    }

    @Test
    void theServicesLineIsTheExamples() throws IOException {
        Path services = Path.of("src/main/resources/META-INF/services/dev.mooring.backend.BackendProvider");
        assertThat(page()).contains("```\n" + Files.readString(services) + "```\n");
    }

    @Test
    void theContractTestIsTheExamples() throws IOException {
        Path test = Path.of("src/test/java/dev/mooring/examples/file/FileBackendContractTest.java");
        assertThat(Files.readString(test)).endsWith(java().get(1));
    }

    private static List<String> java() throws IOException {
        return Pattern.compile("(?s)```java\n(.*?)```")
                .matcher(page())
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../../docs/custom-backend.md"));
    }
}
