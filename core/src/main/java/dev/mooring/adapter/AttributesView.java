// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection's attributes as the app sees them. Each change is recorded as a whole, functions included, so that after a
 * lost race it is made on what the winner wrote.
 */
final class AttributesView extends AbstractMap<String, String> {

    private final EventConnection connection;

    AttributesView(EventConnection connection) {
        this.connection = connection;
    }

    private Map<String, String> current() {
        return connection.draft().attributes;
    }

    private <T> @Nullable T change(Change<T> change) {
        return connection.change(change);
    }

    @Override
    public @Nullable String get(@Nullable Object key) {
        return key == null ? null : current().get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public @Nullable String put(String key, String value) {
        Objects.requireNonNull(key, "An attribute's name must not be null.");
        Objects.requireNonNull(value, "An attribute's value must not be null.");
        return change(draft -> draft.attributes.put(key, value));
    }

    @Override
    public @Nullable String remove(@Nullable Object key) {
        return key == null ? null : change(draft -> draft.attributes.remove(key));
    }

    @Override
    public void clear() {
        change(draft -> {
            draft.attributes.clear();
            return null;
        });
    }

    @Override
    public @Nullable String putIfAbsent(String key, String value) {
        return change(draft -> draft.attributes.putIfAbsent(key, value));
    }

    @Override
    public @Nullable String computeIfAbsent(String key, Function<? super String, ? extends @Nullable String> function) {
        return change(draft -> draft.attributes.computeIfAbsent(key, function));
    }

    @Override
    public @Nullable String computeIfPresent(
            String key, BiFunction<? super String, ? super String, ? extends @Nullable String> function) {
        return change(draft -> draft.attributes.computeIfPresent(key, function));
    }

    @Override
    public @Nullable String compute(
            String key, BiFunction<? super String, ? super @Nullable String, ? extends @Nullable String> function) {
        return change(draft -> draft.attributes.compute(key, function));
    }

    @Override
    public @Nullable String merge(
            String key, String value, BiFunction<? super String, ? super String, ? extends @Nullable String> function) {
        return change(draft -> draft.attributes.merge(key, value, function));
    }

    @Override
    public boolean remove(Object key, Object value) {
        return Boolean.TRUE.equals(change(draft -> draft.attributes.remove(key, value)));
    }

    @Override
    public @Nullable String replace(String key, String value) {
        return change(draft -> draft.attributes.replace(key, value));
    }

    @Override
    public boolean replace(String key, String oldValue, String newValue) {
        return Boolean.TRUE.equals(change(draft -> draft.attributes.replace(key, oldValue, newValue)));
    }

    @Override
    public void replaceAll(BiFunction<? super String, ? super String, ? extends String> function) {
        change(draft -> {
            draft.attributes.replaceAll(function);
            return null;
        });
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, String>> iterator() {
                return new EntryIterator(Map.copyOf(current()).entrySet().iterator());
            }

            @Override
            public int size() {
                return current().size();
            }
        };
    }

    private final class EntryIterator implements Iterator<Entry<String, String>> {

        private final Iterator<Entry<String, String>> entries;
        private @Nullable String last;

        EntryIterator(Iterator<Entry<String, String>> entries) {
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public Entry<String, String> next() {
            Entry<String, String> entry = entries.next();
            last = entry.getKey();
            return entry;
        }

        @Override
        public void remove() {
            AttributesView.this.remove(last);
        }
    }
}
