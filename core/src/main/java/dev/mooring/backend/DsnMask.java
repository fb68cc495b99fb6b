// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Shows a DSN without its secrets. What is not known to be harmless is shown as {@code ***}: a DSN that is to be shown
 * may well be malformed, and its password anywhere.
 */
final class DsnMask {

    private static final String MASK = "***";

    /** What says which store it is. The value of any other parameter, unless it is a flag, may be somebody's secret. */
    private static final Set<String> SHOWN =
            Set.of("endpoint_url", "prefix", "region", "region_name", "table", "timeout", "ttl");

    private static final Pattern FLAG = Pattern.compile("true|false");
    private static final Pattern PLAIN = Pattern.compile("[\\w.:-]*");
    private static final Pattern URL = Pattern.compile("https?://(?<server>[\\w.:/\\[\\]-]*)");

    private DsnMask() {}

    static String mask(String scheme, String body, DsnParameters parameters) {
        String prefix = scheme + "://";
        if (parameters.isAmbiguous()) {
            return prefix + MASK;
        }
        int at = body.lastIndexOf('@');
        String server = body.substring(at + 1);
        String shown = prefix + (at < 0 ? "" : userInfo(body, at));
        if (isServer(server) || server.equals(":memory:")) {
            return shown + server + query(parameters.values());
        }
        return shown + MASK;
    }

    /** The user may be shown; without a colon it may be, with Redis, a password. */
    private static String userInfo(String body, int at) {
        int colon = body.indexOf(':');
        boolean hasUser = colon > 0 && colon < at && body.lastIndexOf('=', colon) < 0;
        return (hasUser ? body.substring(0, colon + 1) : "") + MASK + "@";
    }

    private static String query(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(isHarmless(name, value) ? value : MASK));
        return query.toString();
    }

    private static boolean isHarmless(String name, String value) {
        if (!SHOWN.contains(name)) {
            return FLAG.matcher(value).matches();
        }
        var url = URL.matcher(value);
        return PLAIN.matcher(value).matches() || (url.matches() && isServer(url.group("server")));
    }

    /**
     * Whether these are hosts and a path: what reads so is no password whose {@code @} got lost, nor, without an equals
     * sign, parameters whose {@code ?} did.
     */
    private static boolean isServer(String body) {
        try {
            DsnServer.parse(body);
            return body.indexOf('=') < 0;
        } catch (InvalidDsnException e) {
            return false;
        }
    }
}
