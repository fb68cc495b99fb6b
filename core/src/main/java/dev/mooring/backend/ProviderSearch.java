// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/** Looks for the one provider of a scheme, and remembers what else it met, to say so where there is none. */
final class ProviderSearch {

    /** The artifact that brings each scheme of this project, for the hint when it is missing. */
    static final Map<String, String> ARTIFACTS = Map.of(
            "dynamodb", "mooring-backend-dynamodb",
            "s3", "mooring-backend-s3",
            "postgresql", "mooring-backend-postgres",
            "postgres", "mooring-backend-postgres",
            "redis", "mooring-backend-redis",
            "rediss", "mooring-backend-redis",
            "sqlite", "mooring-backend-sqlite");

    /** A class loader that cannot even list its resources fails each time it is asked for the next provider. */
    private static final int MAX_FAILURES = 100;

    final List<BackendProvider> matching = new ArrayList<>();
    private final String scheme;
    private final Set<String> found = new TreeSet<>();
    private final Map<String, Throwable> broken = new LinkedHashMap<>();

    ProviderSearch(String scheme) {
        this.scheme = scheme;
    }

    void lookInto(ClassLoader loader) {
        var providers = ServiceLoader.load(BackendProvider.class, loader).iterator();
        int failures = 0;
        while (failures < MAX_FAILURES) {
            // a broken provider fails in hasNext() or in next(), and must not hide the others
            try {
                if (!providers.hasNext()) {
                    return;
                }
                add(providers.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                broken.putIfAbsent(e instanceof LinkageError ? e.toString() : String.valueOf(e.getMessage()), e);
                failures++;
            }
        }
    }

    private void add(BackendProvider provider) {
        try {
            Set<String> schemes = provider.schemes();
            if (schemes.contains(scheme)) {
                matching.add(provider);
            }
            found.addAll(schemes);
        } catch (RuntimeException e) {
            broken.putIfAbsent(provider.getClass().getName() + " does not say its schemes", e);
        }
    }

    BackendProvider result() {
        if (matching.size() == 1) {
            return matching.get(0);
        }
        InvalidDsnException failure = new InvalidDsnException(matching.isEmpty() ? missing() : ambiguous());
        broken.values().forEach(failure::addSuppressed);
        throw failure;
    }

    private String missing() {
        String artifact = ARTIFACTS.get(scheme);
        StringBuilder message = new StringBuilder("No backend for the scheme '" + scheme + "' is on the class path. ");
        message.append(
                artifact == null
                        ? "A custom backend is found by the line in META-INF/services/"
                                + BackendProvider.class.getName() + " that names its provider."
                        : "Add the dependency dev.mooring:" + artifact + ".");
        message.append(" Found: ")
                .append(found.isEmpty() ? "none" : String.join(", ", found))
                .append('.');
        if (!broken.isEmpty()) {
            message.append(" Failed to load: ")
                    .append(String.join("; ", broken.keySet()))
                    .append('.');
        }
        return message.append(" In a shaded jar, merge the META-INF/services files (ServicesResourceTransformer).")
                .toString();
    }

    private String ambiguous() {
        Set<String> names = new TreeSet<>();
        for (BackendProvider provider : matching) {
            names.add(provider.getClass().getName());
        }
        return "Several backends answer to the scheme '" + scheme + "': " + String.join(" and ", names)
                + ". Remove all but one from the class path.";
    }
}
