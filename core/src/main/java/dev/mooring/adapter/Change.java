// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import org.jspecify.annotations.Nullable;

/** A change that can be made again, on a later version of the same connection. */
@FunctionalInterface
interface Change<T> {

    @Nullable
    T applyTo(Draft draft);
}
