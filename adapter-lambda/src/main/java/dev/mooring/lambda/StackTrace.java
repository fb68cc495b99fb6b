// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.io.PrintWriter;
import java.io.StringWriter;

/** An exception as it goes into a log. */
final class StackTrace {

    private StackTrace() {}

    static String of(Exception e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
