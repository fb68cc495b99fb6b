// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * Names one write of a record: microseconds since 1970 and 64 random bits, in hexadecimal. No two are equal, and they
 * sort by time. The time is the system's, not the backend's clock, as it has to do with who was first and not with
 * expiry.
 */
final class Stamp {

    private static final int TIME_DIGITS = 14;

    /** Seeded anew where a snapshot of this process is resumed, unlike other generators. */
    private static final SecureRandom RANDOM = new SecureRandom();

    private Stamp() {}

    /** Now. */
    static String now() {
        return of(micros());
    }

    /** Now, and later than another, whatever the clock says. */
    static String after(String stamp) {
        return of(Math.max(micros(), HexFormat.fromHexDigitsToLong(stamp, 0, TIME_DIGITS) + 1));
    }

    private static String of(long micros) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(micros, TIME_DIGITS) + hex.toHexDigits(RANDOM.nextLong());
    }

    private static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
