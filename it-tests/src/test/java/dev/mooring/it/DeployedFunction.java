// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a function is made of.
 *
 * @param handler the name of its handler
 * @param classPath its code, and the runtime interface client's
 * @param environment its environment variables, beside those that Lambda sets
 * @param options of the JVM, such as {@code -Dname=value}
 */
record DeployedFunction(String handler, String classPath, Map<String, String> environment, List<String> options) {

    /** A function whose code is that of the tests, with all backends. */
    static DeployedFunction of(Class<? extends RequestStreamHandler> handler) {
        return new DeployedFunction(handler.getName(), System.getProperty("java.class.path"), Map.of(), List.of());
    }

    DeployedFunction environment(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new DeployedFunction(handler, classPath, more, options);
    }

    DeployedFunction dsn(String dsn) {
        return environment("MOORING_DSN", dsn);
    }

    DeployedFunction option(String option) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        return new DeployedFunction(handler, classPath, environment, more);
    }
}
