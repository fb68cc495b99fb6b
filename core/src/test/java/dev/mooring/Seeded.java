// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring;

import java.util.Random;

/** Random numbers that can be had again: prints the seed, and takes it from {@code -Dseed=}. */
public final class Seeded {

    private Seeded() {}

    public static Random random(Class<?> test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(test.getSimpleName() + ": repeat with -Dseed=" + seed);
        return new Random(seed);
    }

    /** Characters of one kind each in turn: plain, reserved in a DSN, and from all over Unicode. */
    public static String text(Random random, int maxLength) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(maxLength + 1); length > 0; length--) {
            text.appendCodePoint(codePoint(random));
        }
        return text.toString();
    }

    private static int codePoint(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "@:/?#%&=+,;[]'\"\\ .-_~!$*()".codePointAt(random.nextInt(26));
            case 1 -> 0xA0 + random.nextInt(0xD800 - 0xA0);
            case 2 -> 0xE000 + random.nextInt(0x110000 - 0xE000);
            default -> 'a' + random.nextInt(26);
        };
    }
}
