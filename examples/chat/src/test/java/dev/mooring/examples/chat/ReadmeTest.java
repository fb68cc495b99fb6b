// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README's app, compiled as it stands there, does what it says. (.ci/run runs the README's commands.) */
@Timeout(120)
class ReadmeTest {

    @TempDir
    Path directory;

    @Test
    void theFirstAppCompilesAndRuns() throws IOException {
        Path source = directory.resolve("Lobby.java");
        Files.writeString(source, firstBlock("java"));
        String classPath = System.getProperty("java.class.path");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", classPath, "-d", directory.toString(), source.toString());
        assertThat(result).as("javac").isZero();

        try (GatewayProcess gateway = GatewayProcess.start(
                directory + File.pathSeparator + classPath,
                "Lobby",
                "memory://",
                "$connect",
                "$disconnect",
                "join",
                "say")) {
            ChatClient ann = ChatClient.connect(gateway.uri());
            ChatClient bob = ChatClient.connect(gateway.uri());
            ann.send("join");
            bob.send("join");
            String said = "{\"action\":\"say\",\"text\":\"hi\"}";
            // the second join may still be under way when the first message comes
            bob.sendText(said);
            bob.assertReceives(said);
            ann.sendText(said);
            bob.assertReceives(said);
        }
    }

    private static String firstBlock(String language) throws IOException {
        Matcher block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../../README.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }
}
