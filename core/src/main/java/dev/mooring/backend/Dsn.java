// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

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
 * {@code ?} and {@code %} do, and so does an {@code @} in a path. Unlike {@link java.net.URI}, names keep their case and may hold underscores and dots, and
 * no error repeats what it could not parse.
 */
public final class Dsn {

    /** API Gateway ends a connection after 2 hours; the rest is margin for a late {@code $disconnect}. */
    private static final Duration DEFAULT_TTL = Duration.ofMinutes(130);

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /** Far below what overflows in a store's timestamp, or as nanoseconds. */
    private static final Duration MAX_DURATION = Duration.ofDays(365);

    /** Far below what overflows as the int of milliseconds that clients want. */
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final String scheme;
    private final String body;
    private final DsnParameters parameters;

    private Dsn(String scheme, String body, DsnParameters parameters) {
        this.scheme = scheme;
        this.body = body;
        this.parameters = parameters;
    }

    /**
     * Splits the text of a DSN.
     *
     * @param text the DSN, with a scheme in any case
     * @return the DSN
     * @throws InvalidDsnException if it has no scheme, a control character, or a malformed parameter
     */
    public static Dsn parse(String text) {
        int colon = text.indexOf("://");
        if (colon < 0 || !SCHEME.matcher(text.substring(0, colon)).matches()) {
            throw new InvalidDsnException(
                    "A DSN begins with a scheme and '://', as in redis://localhost or sqlite://chat.db.");
        }
        if (CONTROL.matcher(text).find()) {
            throw new InvalidDsnException("A DSN must not contain line breaks or other control characters.");
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 3);
        int question = rest.indexOf('?');
        String body = question < 0 ? rest : rest.substring(0, question);
        String query = question < 0 ? "" : rest.substring(question + 1);
        return new Dsn(scheme, body, DsnParameters.parse(scheme, query));
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
        return parameters.values();
    }

    /**
     * Refuses parameters that nobody would read, so that a typing error does not pass unnoticed.
     *
     * @param names the parameters that the backend knows, besides {@code ttl} and {@code timeout}, which all know
     * @return this DSN
     * @throws InvalidDsnException if another parameter is given; lists the known ones
     */
    public Dsn allowParameters(Set<String> names) {
        parameters.allow(names);
        return this;
    }

    /**
     * A parameter as text.
     *
     * @param name the parameter's name
     * @return its value; empty where it is absent or blank
     */
    public Optional<String> text(String name) {
        return parameters.text(name);
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
        return parameters.flag(name, fallback);
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
        return parameters.number(name, fallback, min, max);
    }

    /**
     * A parameter that is a length of time: {@code 250ms}, {@code 5s}, {@code 10m}, {@code 2h}, {@code 1d}; a bare
     * number counts seconds.
     *
     * @param name the parameter's name
     * @param fallback the value where it is absent
     * @return its value, more than zero and at most 365 days
     * @throws InvalidDsnException if it is something else
     */
    public Duration duration(String name, Duration fallback) {
        return parameters.duration(name, fallback, MAX_DURATION);
    }

    /**
     * How long a connection is kept after {@code $connect}.
     *
     * @return the parameter {@code ttl}, at most 365 days; by default 130 minutes, 10 more than API Gateway lets a
     *     connection live
     * @throws InvalidDsnException if it is something else
     */
    public Duration ttl() {
        return duration("ttl", DEFAULT_TTL);
    }

    /**
     * How long a call on the backend may take in all, retries included.
     *
     * @return the parameter {@code timeout}, at most 1 hour; by default 5 seconds
     * @throws InvalidDsnException if it is something else
     */
    public Duration timeout() {
        return parameters.duration("timeout", DEFAULT_TIMEOUT, MAX_TIMEOUT);
    }

    /**
     * The DSN without secrets: passwords, and the values of parameters that are no flags and do not say which store it
     * is, are shown as {@code ***}, as is all that may be one in a malformed DSN.
     */
    @Override
    public String toString() {
        return DsnMask.mask(scheme, body, parameters);
    }
}
