// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/**
 * The token of one write: when the connection expires, in milliseconds, a dash, and 72 random bits. It is the record's
 * revision and marks the entries that the write made. Random, not counted, because it must not come again after a
 * deletion; from a {@link SecureRandom}, because other generators repeat themselves in functions that are restored from
 * the same snapshot.
 */
final class Revision {

    private static final int RANDOM_LENGTH = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Revision() {}

    static String next(Instant expiresAt) {
        byte[] random = new byte[RANDOM_LENGTH * 6 / 8];
        RANDOM.nextBytes(random);
        return expiresAt.toEpochMilli() + "-" + Base64.getUrlEncoder().encodeToString(random);
    }

    static boolean isLive(String revision, Instant now) {
        long expires = Long.parseLong(revision.substring(0, revision.length() - RANDOM_LENGTH - 1));
        return expires > now.toEpochMilli();
    }
}
