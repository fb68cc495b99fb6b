// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/lambda.md shows of packaging is what this module does, and PackagingTest in it-tests runs. */
class LambdaPageTest {

    private static final Pattern PLUGIN = Pattern.compile("(?m)^ *<plugin>\n(?s:.*?)</plugin>");

    @ParameterizedTest
    @ValueSource(strings = {"maven-shade-plugin", "maven-assembly-plugin"})
    void thePageShowsThePlugin(String artifact) throws IOException {
        String plugin = PLUGIN.matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map(MatchResult::group)
                .filter(text -> text.contains(artifact))
                .findFirst()
                .orElseThrow();

        assertThat(page()).contains(plugin.stripIndent());
    }

    @Test
    void thePageShowsTheDescriptor() throws IOException {
        assertThat(page()).contains(Files.readString(Path.of("src/assembly/lambda.xml")));
    }

    @Test
    void theTemplateDeploysWhatThePluginMakes() throws IOException {
        assertThat(first(
                        "<outputFile>\\$\\{project\\.build\\.directory}/(.*)</outputFile>",
                        Files.readString(Path.of("pom.xml"))))
                .isEqualTo(first("CodeUri: target/(.*)", page()));
    }

    private static String first(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../../docs/lambda.md"));
    }
}
