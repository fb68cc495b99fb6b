// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.testcontainers.utility.DockerImageName;

/** The names of images.properties, or what a site uses in their place. */
final class Images {

    private static final Properties DEFAULTS = new Properties();

    static {
        try (InputStream in = Images.class.getResourceAsStream("images.properties")) {
            DEFAULTS.load(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Images() {}

    static DockerImageName named(String name) {
        String variable = "MOORING_IMAGE_" + name.toUpperCase(Locale.ROOT).replace('.', '_');
        String otherwise = System.getenv().getOrDefault(variable, DEFAULTS.getProperty(name));
        return DockerImageName.parse(System.getProperty("mooring.image." + name, otherwise));
    }
}
