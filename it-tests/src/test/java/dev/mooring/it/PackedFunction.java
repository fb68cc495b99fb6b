// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The jar or zip that a user deploys. */
record PackedFunction(Path archive) {

    private static final String SERVICES = "META-INF/services/";

    private interface Visitor {

        void visit(String name, byte[] content) throws IOException;
    }

    /** Does what Lambda does with a jar as well as with a zip. */
    void unpackInto(Path folder) throws IOException {
        visit(Files.newInputStream(archive), (name, content) -> {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        });
    }

    /** The names of its files, and of those in its libraries. */
    Set<String> files() throws IOException {
        Set<String> files = new TreeSet<>();
        visitWithLibraries((name, content) -> files.add(name));
        return files;
    }

    /** What all its services files list together, by service. */
    Map<String, Set<String>> services() throws IOException {
        Map<String, Set<String>> services = new TreeMap<>();
        visitWithLibraries((name, content) -> {
            if (name.startsWith(SERVICES)) {
                new String(content, StandardCharsets.UTF_8)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .forEach(
                                services.computeIfAbsent(name.substring(SERVICES.length()), n -> new TreeSet<>())::add);
            }
        });
        return services;
    }

    double megabytes() throws IOException {
        return Files.size(archive) / 1e6;
    }

    private void visitWithLibraries(Visitor visitor) throws IOException {
        visit(Files.newInputStream(archive), (name, content) -> {
            if (name.matches("lib/[^/]*\\.jar")) {
                visit(new ByteArrayInputStream(content), visitor);
            } else {
                visitor.visit(name, content);
            }
        });
    }

    private static void visit(InputStream archive, Visitor visitor) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(archive)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    visitor.visit(entry.getName(), zip.readAllBytes());
                }
            }
        }
    }
}
