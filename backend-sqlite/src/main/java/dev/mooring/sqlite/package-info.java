/** Keeps connections in SQLite: the scheme {@code sqlite://}, for local use and tests. */
@NullMarked
package dev.mooring.sqlite;

import org.jspecify.annotations.NullMarked;
