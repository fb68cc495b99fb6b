// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Class paths made for a test, with services files of their own. */
final class ClassPath {

    private ClassPath() {}

    /** Adds to the tests' class path a folder whose services file has these lines. */
    static URLClassLoader withServices(Path folder, String... lines) {
        return withServices(ClassPath.class.getClassLoader(), folder, lines);
    }

    /** Adds the folder behind another class path. */
    static URLClassLoader withServices(ClassLoader parent, Path folder, String... lines) {
        try {
            Path services = folder.resolve("META-INF/services/dev.mooring.backend.BackendProvider");
            Files.createDirectories(services.getParent());
            Files.write(services, List.of(lines));
            return new URLClassLoader(new URL[] {folder.toUri().toURL()}, parent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does something in a thread whose context is that class loader. */
    static <T> T in(ClassLoader context, Supplier<T> something) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(context);
        try {
            return something.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    static Backend open(ClassLoader context, String dsn) {
        return in(context, () -> Backends.open(dsn));
    }
}
