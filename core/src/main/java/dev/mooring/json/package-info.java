/**
 * A small reader and writer of JSON, strict as RFC 8259. It is here, and not a library, because every function pays for
 * what it loads: a JSON library costs half of a no-op's cold start and more.
 */
@NullMarked
package dev.mooring.json;

import org.jspecify.annotations.NullMarked;
