/**
 * What a backend author sees: the {@link dev.mooring.backend.Backend} that keeps connections in a store, the {@link
 * dev.mooring.backend.BackendProvider} that opens one for a {@link dev.mooring.backend.Dsn}, and {@link
 * dev.mooring.backend.Backends}, which finds providers on the class path.
 */
@NullMarked
package dev.mooring.backend;

import org.jspecify.annotations.NullMarked;
