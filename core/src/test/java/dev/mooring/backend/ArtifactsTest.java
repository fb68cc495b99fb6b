// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hint that names an artifact for a scheme goes by what the modules of this build are called and know. */
class ArtifactsTest {

    private static final Path ROOT = Path.of("..");
    private static final String SERVICES = "src/main/resources/META-INF/services/dev.mooring.backend.BackendProvider";

    @Test
    void everyArtifactIsAModuleOfTheBuild() throws IOException {
        Set<String> artifacts = new TreeSet<>();
        for (String module : modules()) {
            artifacts.addAll(
                    matches("</parent>\\s*<artifactId>([^<]+)</artifactId>", ROOT.resolve(module + "/pom.xml")));
        }
        assertThat(artifacts).contains("mooring-core").containsAll(ProviderSearch.ARTIFACTS.values());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void everySchemeOfABackendNamesItsArtifact(String module) throws IOException {
        Set<String> schemes = new TreeSet<>();
        for (String provider : Files.readAllLines(ROOT.resolve(module).resolve(SERVICES))) {
            Path source = ROOT.resolve(module)
                    .resolve("src/main/java/" + provider.strip().replace('.', '/') + ".java");
            for (String list : matches("schemes\\(\\) \\{\\s+return Set\\.of\\(([^)]+)\\);", source)) {
                schemes.addAll(Set.of(list.replace("\"", "").split(",\\s*")));
            }
        }
        assertThat(schemes)
                .isNotEmpty()
                .isEqualTo(ProviderSearch.ARTIFACTS.entrySet().stream()
                        .filter(entry -> entry.getValue().equals("mooring-" + module))
                        .map(java.util.Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    static Set<String> backends() throws IOException {
        Set<String> backends = new TreeSet<>(modules());
        backends.removeIf(module -> !module.startsWith("backend-")
                || !Files.exists(ROOT.resolve(module).resolve(SERVICES)));
        return backends;
    }

    private static Set<String> modules() throws IOException {
        return matches("<module>([^<]+)</module>", ROOT.resolve("pom.xml"));
    }

    private static Set<String> matches(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
