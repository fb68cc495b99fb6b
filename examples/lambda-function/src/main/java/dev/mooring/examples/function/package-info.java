/** A function on PostgreSQL, as small as it can be, for its packaging. */
@NullMarked
package dev.mooring.examples.function;

import org.jspecify.annotations.NullMarked;
