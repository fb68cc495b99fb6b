// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

/** The statements, each with the table's name in it; everything else is a parameter. */
record Sql(String save, String find, String update, String delete, String members, String connections, String purge) {

    static Sql on(String table) {
        return new Sql(
                "INSERT INTO " + table + " (state, channels, expires_at, id) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET state = excluded.state, channels = excluded.channels,"
                        + " expires_at = excluded.expires_at, revision = DEFAULT RETURNING revision",
                "SELECT state, channels, expires_at, revision FROM " + table + " WHERE id = ?",
                "UPDATE " + table + " SET state = ?, channels = ?, expires_at = ?, revision = DEFAULT"
                        + " WHERE id = ? AND revision::text = ? AND expires_at > ? RETURNING revision",
                "DELETE FROM " + table + " WHERE id = ? RETURNING state, channels, expires_at, revision",
                "SELECT id FROM " + table + " WHERE channels @> ARRAY[?::text] AND id > ? AND expires_at > ?"
                        + " ORDER BY id LIMIT ?",
                "SELECT id FROM " + table + " WHERE id > ? AND expires_at > ? ORDER BY id LIMIT ?",
                // rows that somebody is writing to are left for the next time, so that purges do not wait for each
                // other
                "DELETE FROM " + table + " WHERE id = ANY (ARRAY(SELECT id FROM " + table
                        + " WHERE expires_at <= ? LIMIT ? FOR UPDATE SKIP LOCKED))");
    }
}
