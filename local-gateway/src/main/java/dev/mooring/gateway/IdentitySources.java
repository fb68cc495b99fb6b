// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client has to present so that the authorizer is asked at all. */
final class IdentitySources {

    private static final Pattern FORM = Pattern.compile("route\\.request\\.(?<where>header|querystring)\\.(?<name>.+)");

    private record Source(boolean header, String name) {}

    private final List<Source> sources;

    /** Takes sources as API Gateway writes them, such as {@code route.request.querystring.token}. */
    IdentitySources(List<String> sources) {
        this.sources = sources.stream().map(IdentitySources::source).toList();
    }

    private static Source source(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not an identity source: '" + text
                    + "'. Write route.request.header.NAME or route.request.querystring.NAME.");
        }
        return new Source(matcher.group("where").equals("header"), matcher.group("name"));
    }

    boolean areAllIn(Handshake handshake) {
        return sources.stream()
                .allMatch(source -> isIn(source.header ? handshake.headers() : handshake.query(), source.name));
    }

    private static boolean isIn(Map<String, List<String>> values, String name) {
        return values.getOrDefault(name, List.of()).stream().anyMatch(value -> !value.isEmpty());
    }
}
