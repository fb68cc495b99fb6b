// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a store, as text. Immutable.
 *
 * <pre>
 * dynamodb://my_table?region=eu-west-1            s3://bucket/prefix
 * postgresql://user:password@host1,host2:5433/db?sslmode=require
 * redis://user:password@host:6379/0               sqlite://chat.db
 * \___/   \___________________________/ \_/ \__________________/
 * scheme    server(), or name() and path()      parameters
 * </pre>
 *
 * <p>The text is split first and percent-decoded afterwards, so a reserved character can be written as an escape in any
 * part. User and password end at the last {@code @} before the {@code ?}, so most passwords need no escapes at all;
 * {@code ?} and {@code %} do. Unlike {@link java.net.URI}, names keep their case and may hold underscores and dots, and
 * no error repeats what it could not parse.
 */
public final class Dsn {

    /** API Gateway ends a connection after 2 hours; the rest is margin for a late {@code $disconnect}. */
    private static final Duration DEFAULT_TTL = Duration.ofMinutes(130);

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** Parameters that every backend has. */
    private static final Set<String> COMMON_PARAMETERS = Set.of("ttl", "timeout");

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)?");
    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(passw|pwd|secret|token|credential).*");
    private static final Pattern USER_INFO_OF_URL = Pattern.compile("//[^/]*@");

    private final String scheme;
    private final String body;
    private final Map<String, String> parameters;

    private Dsn(String scheme, String body, Map<String, String> parameters) {
        this.scheme = scheme;
        this.body = body;
        this.parameters = parameters;
    }

    /**
     * Splits the text of a DSN.
     *
     * @param text the DSN, with a scheme in any case
     * @return the DSN
     * @throws InvalidDsnException if it has no scheme or a parameter is malformed
     */
    public static Dsn parse(String text) {
        int colon = text.indexOf("://");
        if (colon < 0 || !SCHEME.matcher(text.substring(0, colon)).matches()) {
            throw new InvalidDsnException(
                    "A DSN begins with a scheme and '://', as in redis://localhost or sqlite://chat.db.");
        }
        String rest = text.substring(colon + 3);
        int question = rest.indexOf('?');
        return new Dsn(
                text.substring(0, colon).toLowerCase(Locale.ROOT),
                question < 0 ? rest : rest.substring(0, question),
                question < 0 ? Map.of() : parseParameters(rest.substring(question + 1)));
    }

    private static Map<String, String> parseParameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new InvalidDsnException("Each parameter of a DSN has the form name=value, separated by '&'.");
            }
            String name = PercentCodec.decode("parameter name", pair.substring(0, equals));
            String value = PercentCodec.decode("parameter '" + name + "'", pair.substring(equals + 1));
            if (parameters.put(name, value) != null) {
                throw new InvalidDsnException("The parameter '" + name + "' is given twice.");
            }
        }
        return Collections.unmodifiableMap(parameters);
    }

    /**
     * What is before {@code ://}.
     *
     * @return the scheme in lower case
     */
    public String scheme() {
        return scheme;
    }

    /**
     * Everything between {@code ://} and {@code ?}, for schemes that name a file.
     *
     * @return the decoded text, perhaps empty
     */
    public String body() {
        return PercentCodec.decode("path", body);
    }

    /**
     * The part up to the first {@code /}, for schemes that name a table or a bucket.
     *
     * @param what what it names, for the error
     * @return the decoded name in its own case, never empty
     * @throws InvalidDsnException if there is none
     */
    public String name(String what) {
        int slash = body.indexOf('/');
        String name = PercentCodec.decode(what, slash < 0 ? body : body.substring(0, slash));
        if (name.isEmpty()) {
            throw new InvalidDsnException("The " + what + " is missing: write " + scheme + "://<" + what + ">.");
        }
        return name;
    }

    /**
     * The part behind the first {@code /}, for schemes that name a table or a bucket.
     *
     * @return the decoded path without its leading slash, perhaps empty
     */
    public String path() {
        int slash = body.indexOf('/');
        return slash < 0 ? "" : PercentCodec.decode("path", body.substring(slash + 1));
    }

    /**
     * User, password, hosts and path, for schemes that name a server.
     *
     * @return the parts, decoded
     * @throws InvalidDsnException if one of them is malformed
     */
    public DsnServer server() {
        return DsnServer.parse(body);
    }

    /**
     * All parameters.
     *
     * @return decoded values by name, in the order of the text; unmodifiable
     */
    public Map<String, String> parameters() {
        return parameters;
    }

    /**
     * Refuses parameters that nobody would read, so that a typing error does not pass unnoticed.
     *
     * @param names the parameters that the backend knows, besides {@code ttl} and {@code timeout}, which all know
     * @return this DSN
     * @throws InvalidDsnException if another parameter is given; lists the known ones
     */
    public Dsn allowParameters(Set<String> names) {
        for (String name : parameters.keySet()) {
            if (!names.contains(name) && !COMMON_PARAMETERS.contains(name)) {
                TreeSet<String> known = new TreeSet<>(names);
                known.addAll(COMMON_PARAMETERS);
                throw new InvalidDsnException("Unknown parameter '" + name + "' for " + scheme + "://. Known ones: "
                        + String.join(", ", known) + ".");
            }
        }
        return this;
    }

    /**
     * A parameter as text.
     *
     * @param name the parameter's name
     * @return its value; empty where it is absent or blank
     */
    public Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * A parameter that is {@code true} or {@code false}.
     *
     * @param name the parameter's name
     * @param fallback the value where it is absent
     * @return its value
     * @throws InvalidDsnException if it is something else
     */
    public boolean flag(String name, boolean fallback) {
        String value = text(name).orElse(String.valueOf(fallback));
        if (!value.equals("true") && !value.equals("false")) {
            throw invalid(name, "true or false");
        }
        return value.equals("true");
    }

    /**
     * A parameter that is a whole number.
     *
     * @param name the parameter's name
     * @param fallback the value where it is absent
     * @param min the least it may be
     * @param max the most it may be
     * @return its value
     * @throws InvalidDsnException if it is something else
     */
    public int number(String name, int fallback, int min, int max) {
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

    /**
     * A parameter that is a length of time: {@code 250ms}, {@code 5s}, {@code 10m}, {@code 2h}, {@code 1d}; a bare
     * number counts seconds.
     *
     * @param name the parameter's name
     * @param fallback the value where it is absent
     * @return its value, more than zero
     * @throws InvalidDsnException if it is something else
     */
    public Duration duration(String name, Duration fallback) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return fallback;
        }
        var matcher = DURATION.matcher(value.get());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw invalid(name, "a length of time such as 250ms, 5s, 10m, 2h or 1d, more than zero");
        }
        return duration(Long.parseLong(matcher.group(1)), matcher.group(2));
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

    /**
     * How long a connection is kept after {@code $connect}.
     *
     * @return the parameter {@code ttl}; by default 130 minutes, 10 more than API Gateway lets a connection live
     */
    public Duration ttl() {
        return duration("ttl", DEFAULT_TTL);
    }

    /**
     * How long a call on the backend may take in all, retries included.
     *
     * @return the parameter {@code timeout}; by default 5 seconds
     */
    public Duration timeout() {
        return duration("timeout", DEFAULT_TIMEOUT);
    }

    private InvalidDsnException invalid(String name, String expected) {
        return new InvalidDsnException("The parameter '" + name + "' of " + scheme + ":// must be " + expected + ".");
    }

    /** The DSN without secrets: user's password, and parameters that are named like one, are shown as {@code ***}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(scheme).append("://").append(maskedBody());
        char separator = '?';
        for (var parameter : parameters.entrySet()) {
            String value = SECRET_NAME.matcher(parameter.getKey()).matches()
                    ? "***"
                    : USER_INFO_OF_URL.matcher(parameter.getValue()).replaceAll("//***@");
            text.append(separator).append(parameter.getKey()).append('=').append(value);
            separator = '&';
        }
        return text.toString();
    }

    private String maskedBody() {
        int at = body.lastIndexOf('@');
        if (at < 0) {
            return body;
        }
        int colon = body.indexOf(':');
        // without a colon it may be a user, or, with Redis, a password
        return (colon > 0 && colon < at ? body.substring(0, colon) + ":***" : "***") + body.substring(at);
    }
}
