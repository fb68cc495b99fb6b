// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.SendException;
import dev.mooring.adapter.Gateway;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connection API of API Gateway, {@code @connections}. Errors do not name the connection: a report of many sends
 * counts them by their message.
 */
final class ManagementApi implements Gateway {

    static final int MAX_MESSAGE_BYTES = 128 * 1024;

    private static final int GONE = 410;
    private static final byte[] NO_BODY = {};

    private final Endpoint endpoint;
    private final CredentialsProvider credentials;
    private final HttpCaller http;
    private final InstantSource clock;

    ManagementApi(Endpoint endpoint, CredentialsProvider credentials, HttpCaller http, InstantSource clock) {
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public int maxMessageBytes() {
        return MAX_MESSAGE_BYTES;
    }

    @Override
    public boolean post(String connectionId, byte[] message) {
        return call("POST", connectionId, Map.of("content-type", "application/json"), message);
    }

    @Override
    public boolean close(String connectionId) {
        return call("DELETE", connectionId, Map.of(), null);
    }

    private boolean call(String method, String connectionId, Map<String, String> headers, byte @Nullable [] body) {
        String path = endpoint.connectionPath(connectionId);
        Map<String, String> signed = SigV4.sign(
                credentials.get(), endpoint, clock.instant(), method, path, headers, body == null ? NO_BODY : body);
        HttpAnswer answer;
        try {
            answer = http.call(method, path, signed, body);
        } catch (UnreachableException e) {
            throw SendException.unreachable(endpoint + " cannot be reached: nothing was sent.", e.getCause());
        } catch (IOException e) {
            throw new SendException(
                    0, "No answer from " + endpoint + ": the " + method + " may have taken effect all the same.", e);
        }
        if (answer.status() != GONE && answer.status() / 100 != 2) {
            throw refused(answer);
        }
        return answer.status() != GONE;
    }

    private SendException refused(HttpAnswer answer) {
        String status = answer.status() + (answer.errorType().isEmpty() ? "" : " " + answer.errorType());
        return new SendException(
                answer.status(), endpoint + " answered " + status + ": " + advice(answer.status()), null);
    }

    private String advice(int status) {
        return switch (status) {
            case 400 -> "this is no id of a connection.";
            case 403 ->
                "the function's role needs execute-api:ManageConnections on the API; the endpoint needs the stage, or"
                        + " on a custom domain must not have it; the API must be in the region"
                        + " that was signed for, " + endpoint.region() + ".";
            case 413 -> "the message is too large.";
            case 429 -> "too many requests in this account and region, or this client reads too slowly.";
            default -> status < 500 ? "is this the connection API?" : "API Gateway failed; try again.";
        };
    }
}
