// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.backend.Page;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ids that a backend lists, a page at a time as they are asked for and as long as there is time. */
final class PagedIds implements Iterator<String> {

    private final Function<@Nullable String, Page<String>> pages;
    private final BooleanSupplier timeUp;
    private @Nullable String cursor;
    private boolean more = true;
    private Iterator<String> page = List.<String>of().iterator();

    /** Begins behind a cursor, or at the beginning where it is null. When the time is up no page is read any more. */
    PagedIds(@Nullable String cursor, Function<@Nullable String, Page<String>> pages, BooleanSupplier timeUp) {
        this.cursor = cursor;
        this.pages = pages;
        this.timeUp = timeUp;
    }

    static PagedIds of(List<String> ids) {
        return new PagedIds(null, cursor -> new Page<>(ids, null), () -> false);
    }

    /** Looks at the time before each page: a store may return many that are empty, one after the other. */
    @Override
    public boolean hasNext() {
        while (!page.hasNext() && more && !timeUp.getAsBoolean()) {
            Page<String> next = pages.apply(cursor);
            page = next.items().iterator();
            cursor = next.next();
            more = cursor != null;
        }
        return page.hasNext();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }

    /** Takes what is left of the page that was read last. */
    List<String> restOfPage() {
        List<String> rest = new ArrayList<>();
        page.forEachRemaining(rest::add);
        return rest;
    }

    /** Whether pages follow that were not read; {@link #cursor} is where, or null for the beginning. */
    boolean hasMorePages() {
        return more;
    }

    @Nullable
    String cursor() {
        return cursor;
    }
}
