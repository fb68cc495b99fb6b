// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import dev.mooring.CloseReason;
import dev.mooring.json.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/** The {@code @connections} API: posts to a client, looks at it, ends it. A signature is neither needed nor checked. */
final class ConnectionsHandler extends Handler.Abstract.NonBlocking {

    private static final Pattern PATH =
            Pattern.compile("(?:/(?<stage>[^/]*))?/(?:@|%40)connections(?:/(?<id>[^/]*))?/?", Pattern.CASE_INSENSITIVE);

    /** API Gateway takes requests of up to 10 MB. */
    private static final int MAX_REQUEST = 10 * 1024 * 1024;

    private static final CloseReason DELETED = new CloseReason(1000, "Connection Closed Normally");

    private final WebSocketApi api;
    private final Stage stage;

    ConnectionsHandler(WebSocketApi api, Stage stage) {
        this.api = api;
        this.stage = stage;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Matcher path = PATH.matcher(request.getHttpURI().getPath());
        if (!path.matches()) {
            return false;
        }
        String id = id(path.group("id"));
        if (!stage.name().equals(path.group("stage")) || id == null) {
            return HttpAnswer.error(response, callback, 403, "ForbiddenException", "Forbidden");
        }
        if (!Ids.isWellFormed(id)) {
            return HttpAnswer.error(response, callback, 400, "BadRequestException", "Invalid connectionId: " + id);
        }
        switch (request.getMethod()) {
            case "POST" -> readAndPost(id, request, response, callback);
            case "GET" -> get(id, response, callback);
            case "DELETE" -> delete(id, response, callback);
            default -> HttpAnswer.error(response, callback, 403, "MissingAuthenticationTokenException", "Forbidden");
        }
        return true;
    }

    /** The id in a path, decoded once; null where there is none, or where it was encoded twice. */
    private static @Nullable String id(@Nullable String encoded) {
        String id = encoded == null ? "" : URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        return id.isEmpty() || id.contains("%") ? null : id;
    }

    private void readAndPost(String id, Request request, Response response, Callback callback) {
        Content.Source.asByteArrayAsync(
                request,
                MAX_REQUEST,
                Promise.Invocable.from(
                        InvocationType.NON_BLOCKING,
                        body -> post(id, body, response, callback),
                        failure -> unreadable(failure, response, callback)));
    }

    private static void unreadable(Throwable failure, Response response, Callback callback) {
        if (failure instanceof IllegalStateException) {
            tooLarge(response, callback);
        } else {
            callback.failed(failure);
        }
    }

    private void post(String id, byte[] message, Response response, Callback callback) {
        Optional<ClientConnection> connection = api.find(id);
        if (message.length > Limits.MESSAGE) {
            tooLarge(response, callback);
        } else if (connection.isEmpty()) {
            gone(response, callback);
        } else if (api.send(connection.get(), new String(message, StandardCharsets.UTF_8))) {
            HttpAnswer.empty(response, callback, 200);
        } else {
            HttpAnswer.error(response, callback, 429, "LimitExceededException", "The client side buffer is full");
        }
    }

    private static void tooLarge(Response response, Callback callback) {
        HttpAnswer.error(response, callback, 413, "PayloadTooLargeException", "Message too long");
    }

    private void get(String id, Response response, Callback callback) {
        Optional<ClientConnection> connection = api.find(id);
        if (connection.isEmpty()) {
            gone(response, callback);
        } else {
            HttpAnswer.json(response, callback, 200, Json.write(describe(connection.get())));
        }
    }

    private static Map<String, Object> describe(ClientConnection connection) {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("connectedAt", iso(connection.connectedAt()));
        description.put("identity", connection.identity());
        description.put("lastActiveAt", iso(connection.lastActiveAt()));
        return description;
    }

    private static String iso(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private void delete(String id, Response response, Callback callback) {
        Optional<ClientConnection> connection = api.find(id);
        if (connection.isEmpty()) {
            gone(response, callback);
        } else {
            api.close(connection.get(), DELETED);
            HttpAnswer.empty(response, callback, 204);
        }
    }

    private static void gone(Response response, Callback callback) {
        HttpAnswer.error(response, callback, 410, "GoneException", "Gone");
    }
}
