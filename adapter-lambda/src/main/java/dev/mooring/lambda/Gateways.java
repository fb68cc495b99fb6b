// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.adapter.Gateway;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Makes gateways that share an HTTP client and credentials. */
final class Gateways {

    private final @Nullable CredentialsProvider credentials;
    private final Environment environment;
    private final HttpCaller http;
    private final InstantSource clock;

    Gateways(Settings settings) {
        credentials = settings.credentials;
        environment = settings.environment;
        clock = settings.clock;
        http = new HttpCaller(2_000, 5_000, clock);
    }

    Gateway at(Endpoint endpoint) {
        return new ManagementApi(endpoint, credentialsFor(endpoint), http, clock);
    }

    private CredentialsProvider credentialsFor(Endpoint endpoint) {
        if (credentials != null) {
            return credentials;
        }
        return new EnvironmentCredentials(environment, endpoint.isLocal() ? EnvironmentCredentials.LOCAL : null);
    }
}
