// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Requests to {@code @connections} and to anything else. The client is the JDK's default: it offers HTTP/2. */
final class Http {

    private Http() {}

    static HttpResponse<String> post(LocalGateway gateway, String id, String message) throws Exception {
        return send("POST", connection(gateway, id), BodyPublishers.ofString(message));
    }

    static HttpResponse<String> get(LocalGateway gateway, String id) throws Exception {
        return get(connection(gateway, id));
    }

    static HttpResponse<String> delete(LocalGateway gateway, String id) throws Exception {
        return send("DELETE", connection(gateway, id), BodyPublishers.noBody());
    }

    static HttpResponse<String> get(URI uri) throws Exception {
        return send("GET", uri, BodyPublishers.noBody());
    }

    static URI connection(LocalGateway gateway, String id) {
        return URI.create(gateway.endpoint() + "/@connections/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
    }

    static HttpResponse<String> send(String method, URI uri, BodyPublisher body)
            throws IOException, InterruptedException {
        return Client.HTTP.send(
                HttpRequest.newBuilder(uri).method(method, body).build(), HttpResponse.BodyHandlers.ofString());
    }
}
