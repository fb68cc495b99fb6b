// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.InvalidDsnException;
import java.util.regex.Pattern;

/** What DynamoDB takes for the name of a table. */
final class TableName {

    private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_.-]{3,255}");

    private TableName() {}

    static String require(String name) {
        if (!LEGAL.matcher(name).matches()) {
            // The name is not repeated: whoever writes user:password@table finds out here.
            throw new InvalidDsnException(
                    "The table name of dynamodb:// must have 3 to 255 characters, which are letters"
                            + " A-Z and a-z, digits, '_', '-' and '.'.");
        }
        return name;
    }
}
