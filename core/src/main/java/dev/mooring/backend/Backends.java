// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/** Opens the backend that a DSN names, by the providers that are on the class path. */
public final class Backends {

    /** The artifact that brings each scheme of this project, for the hint when it is missing. */
    static final Map<String, String> ARTIFACTS = Map.of(
            "dynamodb", "mooring-backend-dynamodb",
            "s3", "mooring-backend-s3",
            "postgresql", "mooring-backend-postgres",
            "postgres", "mooring-backend-postgres",
            "redis", "mooring-backend-redis",
            "rediss", "mooring-backend-redis",
            "sqlite", "mooring-backend-sqlite");

    private Backends() {}

    /**
     * Opens the backend that a DSN names.
     *
     * @param dsn the DSN's text, such as {@code redis://localhost} or {@code sqlite://chat.db}
     * @return the backend; the caller closes it
     * @throws InvalidDsnException if the text is wrong, or no provider on the class path knows its scheme
     */
    public static Backend open(String dsn) {
        return open(Dsn.parse(dsn));
    }

    /**
     * Opens the backend that a DSN names.
     *
     * @param dsn the DSN
     * @return the backend; the caller closes it
     * @throws InvalidDsnException if a part of it is wrong, or no provider on the class path knows its scheme
     */
    public static Backend open(Dsn dsn) {
        return provider(dsn.scheme()).open(dsn);
    }

    private static BackendProvider provider(String scheme) {
        List<BackendProvider> matching = new ArrayList<>();
        Set<String> found = new TreeSet<>();
        List<String> broken = new ArrayList<>();
        var providers = ServiceLoader.load(BackendProvider.class).iterator();
        while (true) {
            // A broken provider fails in hasNext() or in next(); it must not hide the others.
            try {
                if (!providers.hasNext()) {
                    break;
                }
                BackendProvider provider = providers.next();
                found.addAll(provider.schemes());
                if (provider.schemes().contains(scheme)) {
                    matching.add(provider);
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                broken.add(String.valueOf(e.getMessage()));
            }
        }
        if (matching.size() == 1) {
            return matching.get(0);
        }
        throw new InvalidDsnException(
                matching.isEmpty() ? missing(scheme, found, broken) : ambiguous(scheme, matching));
    }

    private static String missing(String scheme, Set<String> found, List<String> broken) {
        String artifact = ARTIFACTS.get(scheme);
        StringBuilder message = new StringBuilder("No backend for the scheme '" + scheme + "' is on the class path. ");
        message.append(
                artifact == null
                        ? "A custom backend is found by the line in META-INF/services/"
                                + BackendProvider.class.getName() + " that names its provider."
                        : "Add the dependency dev.mooring:" + artifact + ".");
        message.append(" Found: ").append(String.join(", ", found)).append('.');
        if (!broken.isEmpty()) {
            message.append(" Failed to load: ")
                    .append(String.join("; ", broken))
                    .append('.');
        }
        return message.append(" In a shaded jar, merge the META-INF/services files (ServicesResourceTransformer).")
                .toString();
    }

    private static String ambiguous(String scheme, List<BackendProvider> matching) {
        Set<String> names = new TreeSet<>();
        matching.forEach(provider -> names.add(provider.getClass().getName()));
        return "Several backends answer to the scheme '" + scheme + "': " + String.join(" and ", names)
                + ". Remove all but one from the class path.";
    }
}
