// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attributes are a map like any other. */
class AttributesTest {

    private final Harbour harbour = new Harbour();

    @BeforeEach
    void connect() {
        harbour.connect("a");
        change(attributes -> attributes.putAll(Map.of("one", "1", "two", "2", "three", "3")));
    }

    private void change(Consumer<Map<String, String>> change) {
        harbour.onMessage(connection -> change.accept(connection.attributes()));
        harbour.message("a");
    }

    @Test
    void readsSeeTheEventsOwnChanges() {
        change(attributes -> {
            assertThat(attributes.put("one", "I")).isEqualTo("1");
            assertThat(attributes).containsEntry("one", "I").hasSize(3);
            assertThat(attributes.remove("two")).isEqualTo("2");
            assertThat(attributes.get("two")).isNull();
            assertThat(attributes.containsKey("two")).isFalse();
        });
        assertThat(harbour.attributes("a")).isEqualTo(Map.of("one", "I", "three", "3"));
    }

    @Test
    void everyWayToChangeAMapChangesWhatIsStored() {
        change(attributes -> {
            attributes.keySet().removeIf(name -> name.equals("one"));
            attributes.values().remove("2");
            attributes.replace("three", "III");
            attributes.replace("three", "3", "wrong");
            attributes.remove("three", "wrong");
            attributes.putIfAbsent("four", "4");
            attributes.putIfAbsent("four", "wrong");
            attributes.computeIfAbsent("five", name -> name + "!");
            attributes.computeIfPresent("five", (name, value) -> value + "!");
            attributes.compute("six", (name, value) -> value == null ? "6" : "wrong");
            attributes.merge("six", "6", String::concat);
            attributes.replaceAll((name, value) -> value + ".");
        });
        assertThat(harbour.attributes("a"))
                .isEqualTo(Map.of("three", "III.", "four", "4.", "five", "five!!.", "six", "66."));
        change(Map::clear);
        assertThat(harbour.attributes("a")).isEmpty();
    }

    @Test
    void nullIsNoAttribute() {
        change(attributes -> {
            assertThatThrownBy(() -> attributes.put("x", null)).hasMessage("An attribute's value must not be null.");
            assertThatThrownBy(() -> attributes.put(null, "x")).hasMessage("An attribute's name must not be null.");
            assertThat(attributes.get(null)).isNull();
        });
        assertThat(harbour.attributes("a")).hasSize(3);
    }

    @Test
    void anyTextComesBackAsItWas() {
        String text = "\"\\\n\u0000\u2028😀\ud800é";
        change(attributes -> attributes.put(text, text));
        assertThat(harbour.attributes("a")).containsEntry(text, text);
    }

    @Test
    void stateThatIsTooLargeIsRefused() {
        assertThatThrownBy(() -> change(attributes -> attributes.put("x", "x".repeat(256 * 1024))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The state of connection a is larger than 262144 bytes."
                        + " Keep large values elsewhere and their keys in the attributes.");
        assertThat(harbour.attributes("a")).hasSize(3);
    }
}
