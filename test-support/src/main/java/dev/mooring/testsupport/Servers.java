// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;

/** Where the build wrote each server's class path. */
final class Servers {

    private Servers() {}

    static Path classpathFile(String server) {
        Properties files = new Properties();
        try (InputStream in = Servers.class.getResourceAsStream("servers.properties")) {
            files.load(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Path.of(files.getProperty(server));
    }
}
