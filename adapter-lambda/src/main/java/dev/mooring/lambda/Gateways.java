// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.adapter.Gateway;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Makes gateways that share credentials, each with an HTTP client of its own. Thread-safe. */
final class Gateways implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int CALL_MILLIS = 7_000;

    private final @Nullable CredentialsProvider credentials;
    private final Environment environment;
    private final InstantSource clock;
    private final Queue<HttpCaller> clients = new ConcurrentLinkedQueue<>();

    Gateways(Settings settings) {
        environment = settings.environment;
        clock = settings.clock;
        credentials = settings.credentials == null ? container() : settings.credentials;
    }

    Gateway at(Endpoint endpoint) {
        HttpCaller http = new HttpCaller(endpoint, CONNECT_MILLIS, CALL_MILLIS, clock);
        clients.add(http);
        return new ManagementApi(endpoint, credentialsFor(endpoint), http, clock);
    }

    /** Where the environment has no credentials, but says who hands them out; else null. */
    private @Nullable CredentialsProvider container() {
        String uri = environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        String token = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN");
        return uri == null || token == null || environment.get("AWS_ACCESS_KEY_ID") != null
                ? null
                : new ContainerCredentials(uri, token, clock);
    }

    private CredentialsProvider credentialsFor(Endpoint endpoint) {
        if (credentials != null) {
            return credentials;
        }
        return new EnvironmentCredentials(environment, endpoint.isLocal() ? EnvironmentCredentials.LOCAL : null);
    }

    /** Closes the connections of all gateways that were made. */
    @Override
    public void close() {
        clients.forEach(HttpCaller::close);
    }
}
