// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a function is made of.
 *
 * @param handler the name of its handler
 * @param classPath the runtime interface client's, and that of its code unless a folder has it
 * @param folder where the runtime interface client loads its code from, besides: classes, and jars in {@code lib}
 * @param environment its environment variables, beside those that Lambda sets
 * @param options of the JVM, such as {@code -Dname=value}
 */
record DeployedFunction(
        String handler,
        String classPath,
        Optional<Path> folder,
        Map<String, String> environment,
        List<String> options) {

    private static final Pattern RUNTIME_INTERFACE_CLIENT = Pattern.compile("(aws-lambda-java|utils-lite)-.*\\.jar");

    /** A function whose code is that of the tests, with all backends. */
    static DeployedFunction of(Class<? extends RequestStreamHandler> handler) {
        return new DeployedFunction(
                handler.getName(), System.getProperty("java.class.path"), Optional.empty(), Map.of(), List.of());
    }

    /** A function whose code is what a user deploys, unpacked into a folder as Lambda does it. */
    static DeployedFunction unpacked(Path folder, String handler) {
        String client = Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(entry -> RUNTIME_INTERFACE_CLIENT
                        .matcher(Path.of(entry).getFileName().toString())
                        .matches())
                .collect(Collectors.joining(File.pathSeparator));
        return new DeployedFunction(handler, client, Optional.of(folder), Map.of(), List.of());
    }

    DeployedFunction environment(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value);
        return new DeployedFunction(handler, classPath, folder, more, options);
    }

    DeployedFunction dsn(String dsn) {
        return environment("MOORING_DSN", dsn);
    }

    DeployedFunction option(String option) {
        List<String> more = new ArrayList<>(options);
        more.add(option);
        return new DeployedFunction(handler, classPath, folder, environment, more);
    }
}
