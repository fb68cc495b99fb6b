// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void itemsAreCopied() {
        List<String> items = new ArrayList<>(List.of("a", "b"));
        Page<String> page = new Page<>(items, "b");
        items.clear();
        assertThat(page.items()).containsExactly("a", "b").isUnmodifiable();
        assertThat(page.next()).isEqualTo("b");
    }

    @Test
    void theLastPageHasNoNextAndMayBeEmpty() {
        assertThat(new Page<>(List.of(), null).next()).isNull();
        assertThat(new Page<>(List.of(), null)).isEqualTo(new Page<>(List.of(), null));
    }
}
