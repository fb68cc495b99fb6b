// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import dev.mooring.RouteSelectionExpression;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes of an API: which there are, which answer their client, and how a message finds its own. */
record RouteTable(Set<String> keys, Set<String> twoWay, RouteSelectionExpression selection) {

    static final String CONNECT = "$connect";
    static final String DEFAULT = "$default";
    static final String DISCONNECT = "$disconnect";
    private static final Set<String> RESERVED = Set.of(CONNECT, DEFAULT, DISCONNECT);

    RouteTable {
        for (String key : keys) {
            if (key.isEmpty() || (key.startsWith("$") && !RESERVED.contains(key))) {
                throw new IllegalArgumentException("Not a route key: '" + key
                        + "'. Keys are $connect, $default, $disconnect and any text that does not begin with $.");
            }
        }
        for (String key : twoWay) {
            if (!keys.contains(key)) {
                throw new IllegalArgumentException(
                        "The two-way route " + key + " is none of the routes " + String.join(", ", keys) + ".");
            }
        }
        keys = Set.copyOf(keys);
        twoWay = Set.copyOf(twoWay);
    }

    boolean has(String key) {
        return keys.contains(key);
    }

    boolean isTwoWay(String key) {
        return twoWay.contains(key);
    }

    /** The route of a message; null where none matches and there is no {@code $default}. */
    @Nullable
    String select(String body) {
        String selected = selection.select(body);
        if (keys.contains(selected) && !selected.startsWith("$")) {
            return selected;
        }
        return keys.contains(DEFAULT) ? DEFAULT : null;
    }
}
