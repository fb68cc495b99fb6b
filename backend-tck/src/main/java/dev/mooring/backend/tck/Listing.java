// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pages through a listing to its end. */
final class Listing {

    private static final int LIMIT = 500;
    private static final int MAX_PAGES = 20_000;

    private Listing() {}

    static List<String> members(Backend backend, String channel) {
        return members(backend, channel, LIMIT);
    }

    static List<String> members(Backend backend, String channel, int limit) {
        return all("members", limit, cursor -> backend.members(channel, cursor, limit));
    }

    static List<String> connections(Backend backend, int limit) {
        return all("connections", limit, cursor -> backend.connections(cursor, limit));
    }

    /** Reads all pages; the store may be opened anew, or written to, between two of them. */
    static List<String> all(String operation, int limit, PageSource pages) {
        List<String> ids = new ArrayList<>();
        Set<String> cursors = new HashSet<>();
        String cursor = null;
        do {
            Page<String> page = pages.after(cursor);
            assertThat(page.items())
                    .as("a page of %s with limit %d has no more items", operation, limit)
                    .hasSizeLessThanOrEqualTo(limit);
            ids.addAll(page.items());
            cursor = page.next();
            assertThat(cursor == null || (cursors.add(cursor) && cursors.size() < MAX_PAGES))
                    .as(
                            "paging through %s comes to an end; page %d has the cursor '%s'",
                            operation, cursors.size(), cursor)
                    .isTrue();
        } while (cursor != null);
        return ids;
    }

    /** Reads the page behind a cursor. */
    interface PageSource {
        Page<String> after(@Nullable String cursor);
    }
}
