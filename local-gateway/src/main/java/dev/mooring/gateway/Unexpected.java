// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tells of failures that nothing here provides for, instead of losing them in a future or a timer. */
final class Unexpected {

    private static final System.Logger LOG = System.getLogger(Unexpected.class.getPackageName());

    private Unexpected() {}

    static void report(CompletionStage<?> work) {
        var unused = work.exceptionally(failure -> {
            report(failure);
            return null;
        });
    }

    static void report(@Nullable Throwable failure) {
        LOG.log(System.Logger.Level.ERROR, "The gateway failed", failure);
    }
}
