// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import org.slf4j.LoggerFactory;

/** Keeps SLF4J, which Jetty and some stores' clients log to, from complaining on the terminal of someone who has no use for its logs. */
final class QuietSlf4j {

    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private QuietSlf4j() {}

    /** Has an effect where nothing used SLF4J before; a provider that is on the class path is used as ever. */
    static void initialize() {
        boolean unset = System.getProperty(VERBOSITY) == null;
        if (unset) {
            System.setProperty(VERBOSITY, "ERROR");
        }
        LoggerFactory.getILoggerFactory();
        if (unset) {
            System.clearProperty(VERBOSITY);
        }
    }
}
