// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a client presented when it connected. Immutable. */
public final class Handshake {

    private final Map<String, List<String>> headers;
    private final Map<String, List<String>> query;
    private final Map<String, String> authorizer;
    private final String sourceIp;
    private final Instant connectedAt;

    private Handshake(Builder builder) {
        headers = copy(builder.headers, new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
        query = copy(builder.query, new LinkedHashMap<>());
        authorizer = Collections.unmodifiableMap(new LinkedHashMap<>(builder.authorizer));
        sourceIp = builder.sourceIp;
        connectedAt = builder.connectedAt;
    }

    /** Names that count as the same in the new map, as headers do in any case, get their values together. */
    private static Map<String, List<String>> copy(Map<String, List<String>> from, Map<String, List<String>> to) {
        from.forEach((name, values) -> to.merge(name, List.copyOf(values), Handshake::concat));
        return Collections.unmodifiableMap(to);
    }

    private static List<String> concat(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    /**
     * Begins a handshake, as adapters do.
     *
     * @param connectedAt when the platform saw the client connect
     * @return a builder
     */
    public static Builder at(Instant connectedAt) {
        return new Builder(connectedAt);
    }

    /**
     * The headers.
     *
     * @return values by name; the names' case does not matter
     */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /**
     * A header.
     *
     * @param name its name, in any case
     * @return its first value, or empty where it is absent
     */
    public Optional<String> header(String name) {
        return first(headers.get(name));
    }

    /**
     * The parameters of the URL, decoded.
     *
     * @return values by name
     */
    public Map<String, List<String>> query() {
        return query;
    }

    /**
     * A parameter of the URL, decoded.
     *
     * @param name its name
     * @return its first value, or empty where it is absent
     */
    public Optional<String> query(String name) {
        return first(query.get(name));
    }

    private static Optional<String> first(@Nullable List<String> values) {
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }

    /**
     * The subprotocols that the client offered, its favourite first. Known during {@code onConnect}; afterwards only
     * where the header {@code Sec-WebSocket-Protocol} is kept.
     *
     * @return their names
     */
    public List<String> subprotocols() {
        List<String> subprotocols = new ArrayList<>();
        for (String value : headers.getOrDefault("Sec-WebSocket-Protocol", List.of())) {
            for (String subprotocol : value.split(",", -1)) {
                if (!subprotocol.isBlank()) {
                    subprotocols.add(subprotocol.strip());
                }
            }
        }
        return List.copyOf(subprotocols);
    }

    /**
     * The {@code User-Agent} header.
     *
     * @return its value, or empty where it is absent
     */
    public Optional<String> userAgent() {
        return header("User-Agent");
    }

    /**
     * The address that the client connected from, as the platform saw it.
     *
     * @return the address; empty text where the platform does not say
     */
    public String sourceIp() {
        return sourceIp;
    }

    /**
     * What the platform's authorizer said of the client, {@code principalId} among it.
     *
     * @return values by name; empty where there is no authorizer
     */
    public Map<String, String> authorizer() {
        return authorizer;
    }

    /**
     * When the platform saw the client connect.
     *
     * @return the time, to the millisecond
     */
    public Instant connectedAt() {
        return connectedAt;
    }

    /** Collects a handshake. Not thread-safe. */
    public static final class Builder {

        private final Instant connectedAt;
        private Map<String, List<String>> headers = Map.of();
        private Map<String, List<String>> query = Map.of();
        private Map<String, String> authorizer = Map.of();
        private String sourceIp = "";

        private Builder(Instant connectedAt) {
            this.connectedAt = connectedAt.truncatedTo(ChronoUnit.MILLIS);
        }

        /**
         * Sets the headers.
         *
         * @param headers values by name
         * @return this builder
         */
        public Builder headers(Map<String, List<String>> headers) {
            this.headers = headers;
            return this;
        }

        /**
         * Sets the parameters of the URL.
         *
         * @param query decoded values by name
         * @return this builder
         */
        public Builder query(Map<String, List<String>> query) {
            this.query = query;
            return this;
        }

        /**
         * Sets what the platform's authorizer said.
         *
         * @param authorizer values by name
         * @return this builder
         */
        public Builder authorizer(Map<String, String> authorizer) {
            this.authorizer = authorizer;
            return this;
        }

        /**
         * Sets the client's address.
         *
         * @param sourceIp the address
         * @return this builder
         */
        public Builder sourceIp(String sourceIp) {
            this.sourceIp = sourceIp;
            return this;
        }

        /**
         * Ends the handshake.
         *
         * @return the handshake
         */
        public Handshake build() {
            return new Handshake(this);
        }
    }
}
