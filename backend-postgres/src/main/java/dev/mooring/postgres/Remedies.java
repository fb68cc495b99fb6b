// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is the matter and what to do about it, by SQLSTATE. Loaded when something fails. */
final class Remedies {

    private static final String TABLE = "<table>";

    private static final String REFUSED =
            "the server refuses this connection. Check user, password, the DSN's parameters and the server's pg_hba.conf.";

    private static final String POOLER = "a pooler between does not know prepared statements. Add prepareThreshold=0 to"
            + " the DSN, or set the pooler's max_prepared_statements.";

    private static final String OTHER_TABLE =
            "table " + TABLE + " is not as schema.sql creates it. Drop it, or use another table=.";

    private static final Map<String, String> BY_STATE = Map.ofEntries(
            Map.entry(
                    SqlStates.UNABLE_TO_CONNECT,
                    "no connection could be made. Check host, port and sslmode, that the server is up, and that the"
                            + " network lets this function in."),
            Map.entry(SqlStates.REJECTED, REFUSED),
            Map.entry(
                    "25006",
                    "the server is read-only, as a replica is. Name the primary, or all hosts with"
                            + " target_session_attrs=read-write."),
            Map.entry("26000", POOLER),
            Map.entry("28000", REFUSED),
            Map.entry(
                    "28P01",
                    "the user or password is wrong. Check both in the DSN; '%' and '?' in them are written %25"
                            + " and %3F."),
            Map.entry("3D000", "the database does not exist. Create it, or correct its name in the DSN."),
            Map.entry("3F000", "the schema of table " + TABLE + " does not exist. Create it, or correct table=."),
            Map.entry(
                    "42501",
                    "the user lacks a privilege. GRANT SELECT, INSERT, UPDATE, DELETE ON " + TABLE
                            + " to it, and USAGE on its schema; to create the table it needs CREATE on the schema."),
            Map.entry("42703", OTHER_TABLE),
            Map.entry("42804", OTHER_TABLE),
            Map.entry("42P05", POOLER),
            Map.entry("42P10", OTHER_TABLE),
            Map.entry(
                    SqlStates.UNDEFINED_TABLE,
                    "table " + TABLE + " does not exist, and auto_create is false. Create it"
                            + " with schema.sql from the jar of mooring-backend-postgres, and GRANT SELECT, INSERT, UPDATE, DELETE"
                            + " ON it to this user."),
            Map.entry("53100", "the server's disk is full. Free or add space there."),
            Map.entry(
                    SqlStates.TOO_MANY_CONNECTIONS,
                    "the server has no connection left. Limit the function's"
                            + " concurrency, raise max_connections, or put a pooler between."));

    private Remedies() {}

    /** Null where nothing in particular is known. */
    static @Nullable String of(String state, String table) {
        String remedy = BY_STATE.get(state);
        return remedy == null ? null : remedy.replace(TABLE, table);
    }
}
