// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What follows the {@code ?} of a DSN. Where it holds an {@code @}, the {@code ?} may have stood in a password, and all
 * that follows may be its rest: then no error repeats a name.
 */
final class DsnParameters {

    /** Parameters that every backend has. */
    private static final Set<String> COMMON = Set.of("ttl", "timeout");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)?");
    private static final String HINT = " In user and password, write '?' as %3F.";

    private final String scheme;
    private final Map<String, String> values;
    private final boolean ambiguous;

    private DsnParameters(String scheme, Map<String, String> values, boolean ambiguous) {
        this.scheme = scheme;
        this.values = values;
        this.ambiguous = ambiguous;
    }

    static DsnParameters parse(String scheme, String query) {
        Map<String, String> values = new LinkedHashMap<>();
        boolean ambiguous = query.indexOf('@') >= 0;
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                put(values, pair, ambiguous);
            }
        }
        return new DsnParameters(scheme, Collections.unmodifiableMap(values), ambiguous);
    }

    private static void put(Map<String, String> values, String pair, boolean ambiguous) {
        int equals = pair.indexOf('=');
        if (equals <= 0) {
            throw new InvalidDsnException("Each parameter of a DSN has the form name=value, separated by '&'." + HINT);
        }
        String name = PercentCodec.decode("name of a parameter", pair.substring(0, equals));
        if (!NAME.matcher(name).matches()) {
            throw new InvalidDsnException("The name of a parameter has letters, digits, '_', '.' and '-' only." + HINT);
        }
        String shown = ambiguous ? "a parameter" : "the parameter '" + name + "'";
        if (values.put(name, PercentCodec.decode("value of " + shown, pair.substring(equals + 1))) != null) {
            throw new InvalidDsnException("There are two values of " + shown + ": give one." + (ambiguous ? HINT : ""));
        }
    }

    Map<String, String> values() {
        return values;
    }

    /** Whether what is before the {@code ?} may be the beginning of a password. */
    boolean isAmbiguous() {
        return ambiguous;
    }

    void allow(Set<String> names) {
        for (String name : values.keySet()) {
            if (!names.contains(name) && !COMMON.contains(name)) {
                TreeSet<String> known = new TreeSet<>(names);
                known.addAll(COMMON);
                throw new InvalidDsnException("Unknown parameter" + (ambiguous ? "" : " '" + name + "'") + " for "
                        + scheme + "://. Known ones: " + String.join(", ", known) + "." + (ambiguous ? HINT : ""));
            }
        }
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    boolean flag(String name, boolean fallback) {
        String value = text(name).orElse(String.valueOf(fallback));
        if (!value.equals("true") && !value.equals("false")) {
            throw invalid(name, "true or false");
        }
        return value.equals("true");
    }

    int number(String name, int fallback, int min, int max) {
        String range = "a whole number from " + min + " to " + max;
        try {
            int value = Integer.parseInt(text(name).orElse(String.valueOf(fallback)));
            if (value < min || value > max) {
                throw invalid(name, range);
            }
            return value;
        } catch (NumberFormatException e) {
            throw invalid(name, range);
        }
    }

    Duration duration(String name, Duration fallback, Duration max) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return fallback;
        }
        var matcher = DURATION.matcher(value.get());
        Duration duration =
                matcher.matches() ? duration(Long.parseLong(matcher.group(1)), matcher.group(2)) : Duration.ZERO;
        if (duration.isZero() || duration.compareTo(max) > 0) {
            String most = max.toDays() > 0 ? max.toDays() + "d" : max.toHours() + "h";
            throw invalid(
                    name, "a length of time such as 250ms, 5s, 10m, 2h or 1d, more than zero and at most " + most);
        }
        return duration;
    }

    private static Duration duration(long amount, @Nullable String unit) {
        return switch (unit == null ? "s" : unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofSeconds(amount);
        };
    }

    private InvalidDsnException invalid(String name, String expected) {
        return new InvalidDsnException("The parameter '" + name + "' of " + scheme + ":// must be " + expected + ".");
    }
}
