// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

/**
 * How fast messages to many go out.
 *
 * @param concurrency how many posts are under way at once, 1 to 1,000
 * @param perSecond how many posts begin in a second at most, 1 to 1,000,000
 */
public record FanOutLimits(int concurrency, int perSecond) {

    /**
     * 32 at once, and 10,000 a second: what API Gateway allows an account in a region by default, all its APIs together.
     */
    public static final FanOutLimits DEFAULT = new FanOutLimits(32, 10_000);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public FanOutLimits {
        if (concurrency < 1 || concurrency > 1000 || perSecond < 1 || perSecond > 1_000_000) {
            throw new IllegalArgumentException("Fan-out takes 1 to 1000 posts at once and 1 to 1000000 a second, not "
                    + concurrency + " and " + perSecond + ".");
        }
    }
}
