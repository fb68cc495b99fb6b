// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a user of one backend with one HTTP client has on the class path. */
record ClassPath(List<Path> entries) {

    static ClassPath of(Store store, HttpClient http) throws IOException {
        Path target = Path.of("..", "backend-" + store.name().toLowerCase(Locale.ROOT), "target");
        Stream<Path> backend = Stream.concat(
                Stream.of(target.resolve("classes")),
                split(Files.readString(target.resolve("runtime.classpath")).strip())
                        .filter(entry -> !isOf(HttpClient.URL_CONNECTION, entry) && !isOf(HttpClient.APACHE5, entry)));
        Stream<Path> client = split(System.getProperty("java.class.path")).filter(entry -> isOf(http, entry));
        return new ClassPath(Stream.concat(backend, client).distinct().toList());
    }

    private static Stream<Path> split(String classPath) {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(classPath)
                .map(Path::of);
    }

    private static boolean isOf(HttpClient http, Path entry) {
        return entry.getFileName().toString().matches(http.jars);
    }

    /** With the benchmark's own classes. */
    String text() {
        StringBuilder text = new StringBuilder(Path.of("target", "classes").toString());
        for (Path entry : entries) {
            text.append(File.pathSeparator).append(entry);
        }
        return text.toString();
    }

    double megabytes() throws IOException {
        long bytes = 0;
        for (Path entry : entries) {
            try (Stream<Path> files = Files.walk(entry)) {
                bytes += files.map(Path::toFile)
                        .filter(File::isFile)
                        .mapToLong(File::length)
                        .sum();
            }
        }
        return bytes / 1e6;
    }
}
