// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalGatewayPageTest {

    @TempDir
    Path directory;

    @Test
    void theJavaOnThePageCompiles() throws IOException {
        Object[] blocks = Pattern.compile("(?s)```java\n(.*?)```")
                .matcher(Files.readString(Path.of("../docs/local-gateway.md")))
                .results()
                .map(block -> block.group(1))
                .toArray();
        assertThat(blocks).hasSize(2);
        // the page leaves out what is around
        String page = """
        import com.amazonaws.services.lambda.runtime.*;
        import dev.mooring.gateway.LocalGateway;
        import java.io.*;
        import java.net.URI;

        class Page {

            static class ChatHandler implements RequestStreamHandler {
                public void handleRequest(InputStream input, OutputStream output, Context context) {}
            }

            void inATest() throws Exception {
                %s
            }

            LocalGateway.Builder withAnAuthorizer(RequestStreamHandler handler) {
                return %s;
            }
        }
        """.formatted(blocks);
        Path source = Files.writeString(directory.resolve("Page.java"), page);

        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        String classPath = System.getProperty("java.class.path");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, errors, "-proc:none", "-cp", classPath, "-d", directory.toString(), source.toString());

        assertThat(status).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    }
}
