// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import dev.mooring.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers HTTP requests in API Gateway's form. */
final class HttpAnswer {

    private HttpAnswer() {}

    /** An error as the SDKs understand it. */
    static boolean error(Response response, Callback callback, int status, String type, String message) {
        response.getHeaders().put("x-amzn-ErrorType", type);
        return json(response, callback, status, Json.write(Map.of("message", message)));
    }

    static boolean json(Response response, Callback callback, int status, String body) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        return send(response, callback, status, body);
    }

    static boolean empty(Response response, Callback callback, int status) {
        return send(response, callback, status, "");
    }

    private static boolean send(Response response, Callback callback, int status, String body) {
        response.setStatus(status);
        response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }
}
