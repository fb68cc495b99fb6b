// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.util.HexFormat;
import java.util.UUID;

/** Trace ids of X-Ray's form, for the {@code X-Amzn-Trace-Id} header. */
final class TraceId {

    private TraceId() {}

    static String next() {
        UUID random = UUID.randomUUID();
        HexFormat hex = HexFormat.of();
        String seconds = hex.toHexDigits((int) (System.currentTimeMillis() / 1000));
        String unique = hex.toHexDigits(random.getMostSignificantBits())
                + hex.toHexDigits((int) random.getLeastSignificantBits());
        return "Root=1-" + seconds + "-" + unique;
    }
}
