// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
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
        return DockerImageName.parse(name(name));
    }

    /** All that the suite may run. */
    static String all() {
        return DEFAULTS.stringPropertyNames().stream()
                .sorted()
                .map(Images::name)
                .collect(Collectors.joining(", "));
    }

    private static String name(String name) {
        String variable = "MOORING_IMAGE_" + name.toUpperCase(Locale.ROOT).replace('.', '_');
        String otherwise = System.getenv().getOrDefault(variable, DEFAULTS.getProperty(name));
        return System.getProperty("mooring.image." + name, otherwise);
    }
}
