/**
 * Keeps connections in PostgreSQL: {@code postgresql://user:password@host/database}, or a {@link
 * dev.mooring.postgres.PostgresBackend} over a data source of your own.
 */
@NullMarked
package dev.mooring.postgres;

import org.jspecify.annotations.NullMarked;
