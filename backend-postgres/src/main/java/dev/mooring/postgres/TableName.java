// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.postgres;

import dev.mooring.backend.InvalidDsnException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table, perhaps with its schema.
 *
 * @param text as the user wrote it
 * @param sql quoted for SQL, so that it keeps its case and is never syntax
 * @param quotedIndex the name of the index on its channels, quoted for SQL
 */
record TableName(String text, String sql, String quotedIndex) {

    static final String DEFAULT = "mooring_connections";

    // PostgreSQL cuts names at 63 bytes: what is left is for the index, whose name is the table's and then some.
    private static final Pattern FORM = Pattern.compile("(?:([A-Za-z0-9_$-]{1,48})\\.)?([A-Za-z0-9_$-]{1,48})");

    private static final Pattern NAME_IN_SCRIPT = Pattern.compile(DEFAULT + "(_channels)?");

    static TableName parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidDsnException("The table must be a name or schema.name, each of 1 to 48 ASCII letters,"
                    + " digits, '_', '-' or '$'.");
        }
        String schema = matcher.group(1);
        String quoted = '"' + matcher.group(2) + '"';
        return new TableName(
                text, schema == null ? quoted : '"' + schema + "\"." + quoted, '"' + matcher.group(2) + "_channels\"");
    }

    /** What creates the table and its index where they are missing: {@code schema.sql} with the names put in. */
    String createScript() {
        return NAME_IN_SCRIPT
                .matcher(script())
                .replaceAll(name -> Matcher.quoteReplacement(name.group(1) == null ? sql : quotedIndex));
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(TableName.class.getResourceAsStream("schema.sql"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
