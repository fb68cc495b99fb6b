// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

/**
 * The keys that a backend uses.
 *
 * @param prefix what all of them begin with
 */
record Keys(String prefix) {

    String ofRecord(String id) {
        return prefix + "connection:" + id;
    }

    /** The sorted set that holds the entries of a {@linkplain Fields#isEntry field}. */
    String ofSet(String field) {
        return prefix + (field.equals(Fields.LISTED) ? "connections" : field);
    }
}
