// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The environment variables; an empty one counts as not set. No record, as its text would show secrets. */
final class Environment {

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    @Nullable
    String get(String name) {
        String value = variables.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    boolean isLambda() {
        return get("AWS_LAMBDA_RUNTIME_API") != null;
    }
}
