// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.backend.Page;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ids that a backend lists, a page at a time as they are asked for. */
final class PagedIds implements Iterator<String> {

    private final Function<@Nullable String, Page<String>> pages;
    private Page<String> page;
    private Iterator<String> items;

    PagedIds(Function<@Nullable String, Page<String>> pages) {
        this.pages = pages;
        this.page = pages.apply(null);
        this.items = page.items().iterator();
    }

    @Override
    public boolean hasNext() {
        while (!items.hasNext() && page.next() != null) {
            page = pages.apply(page.next());
            items = page.items().iterator();
        }
        return items.hasNext();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return items.next();
    }
}
