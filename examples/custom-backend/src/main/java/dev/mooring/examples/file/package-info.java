/** A backend as a user writes it: {@code file:///var/lib/mooring} keeps each connection in a file. */
@NullMarked
package dev.mooring.examples.file;

import org.jspecify.annotations.NullMarked;
