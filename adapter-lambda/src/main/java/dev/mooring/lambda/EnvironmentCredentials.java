// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import org.jspecify.annotations.Nullable;

/** The credentials of the function's role, as Lambda hands them to a function in its environment. */
final class EnvironmentCredentials implements CredentialsProvider {

    /** For a server on this machine, which checks no signature: a laptop may have no credentials. */
    static final Credentials LOCAL = new Credentials("local", "local", null);

    private final Environment environment;
    private final @Nullable Credentials fallback;

    EnvironmentCredentials(Environment environment, @Nullable Credentials fallback) {
        this.environment = environment;
        this.fallback = fallback;
    }

    @Override
    public Credentials get() {
        String id = environment.get("AWS_ACCESS_KEY_ID");
        String secret = environment.get("AWS_SECRET_ACCESS_KEY");
        if (id != null && secret != null) {
            return new Credentials(id, secret, environment.get("AWS_SESSION_TOKEN"));
        }
        if (fallback != null) {
            return fallback;
        }
        throw new IllegalStateException("There are no AWS credentials to sign with: AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY are not both set. Lambda sets them; elsewhere set them, or give"
                + " credentials(...) to the builder.");
    }
}
