// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import dev.mooring.CloseReason;
import dev.mooring.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes events as API Gateway does, field by field as captured on AWS. */
final class Events {

    private static final DateTimeFormatter REQUEST_TIME = DateTimeFormatter.ofPattern(
                    "dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Stage stage;
    private final InstantSource clock;

    Events(Stage stage, InstantSource clock) {
        this.stage = stage;
        this.clock = clock;
    }

    /** What an authorizer is asked. It sees more of the handshake than {@code $connect} does. */
    Event authorize(ClientConnection connection) {
        Handshake handshake = connection.handshake();
        Map<String, List<String>> headers = new LinkedHashMap<>(handshake.headers());
        headers.put("Connection", List.of("upgrade"));
        headers.put("content-length", List.of("0"));
        headers.put("Upgrade", List.of("websocket"));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", "REQUEST");
        event.put("methodArn", methodArn());
        putBothWays(event, "headers", "multiValueHeaders", headers);
        putBothWays(event, "queryStringParameters", "multiValueQueryStringParameters", handshake.query());
        event.put("stageVariables", Map.of());
        String requestId = Ids.next();
        Map<String, Object> context = context(connection, RouteTable.CONNECT, "CONNECT", requestId);
        context.put("identity", Map.of("sourceIp", handshake.sourceIp()));
        event.put("requestContext", context);
        return new Event(RouteTable.CONNECT, connection.id(), requestId, Json.write(event), true);
    }

    /** What an authorizer's policy has to allow. */
    String methodArn() {
        return stage.connectArn();
    }

    Event connect(ClientConnection connection) {
        Map<String, Object> event = new LinkedHashMap<>();
        putBothWays(
                event, "headers", "multiValueHeaders", connection.handshake().headers());
        if (!connection.handshake().query().isEmpty()) {
            putBothWays(
                    event,
                    "queryStringParameters",
                    "multiValueQueryStringParameters",
                    connection.handshake().query());
        }
        return write(event, connection, RouteTable.CONNECT, "CONNECT", Map.of());
    }

    /** No headers and no query string: whoever needs them has to have kept them. */
    Event message(ClientConnection connection, String routeKey, String body) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("body", body);
        return write(event, connection, routeKey, "MESSAGE", Map.of("messageId", Ids.next()));
    }

    /** With headers of its own, not the client's. */
    Event disconnect(ClientConnection connection, CloseReason reason) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Host", List.of(stage.domainName()));
        headers.put("x-api-key", List.of(""));
        headers.put("X-Forwarded-For", List.of(""));
        headers.put("x-restapi", List.of(""));
        Map<String, Object> event = new LinkedHashMap<>();
        putBothWays(event, "headers", "multiValueHeaders", headers);
        return write(
                event,
                connection,
                RouteTable.DISCONNECT,
                "DISCONNECT",
                Map.of("disconnectStatusCode", reason.code(), "disconnectReason", reason.text()));
    }

    private Event write(
            Map<String, Object> event,
            ClientConnection connection,
            String routeKey,
            String eventType,
            Map<String, Object> more) {
        String requestId = Ids.next();
        Map<String, Object> context = context(connection, routeKey, eventType, requestId);
        if (!connection.authorizer().isEmpty()) {
            context.put("authorizer", connection.authorizer());
        }
        context.putAll(more);
        event.put("requestContext", context);
        event.put("isBase64Encoded", false);
        return new Event(routeKey, connection.id(), requestId, Json.write(event), false);
    }

    private Map<String, Object> context(
            ClientConnection connection, String routeKey, String eventType, String requestId) {
        Instant now = clock.instant();
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("routeKey", routeKey);
        context.put("eventType", eventType);
        context.put("extendedRequestId", requestId);
        context.put("requestTime", REQUEST_TIME.format(now));
        context.put("messageDirection", "IN");
        context.put("stage", stage.name());
        context.put("connectedAt", connection.connectedAt().toEpochMilli());
        context.put("requestTimeEpoch", now.toEpochMilli());
        context.put("identity", connection.identity());
        context.put("requestId", requestId);
        context.put("domainName", stage.domainName());
        context.put("connectionId", connection.id());
        context.put("apiId", "local");
        return context;
    }

    /** Once with the last value of each name, once with all of them. */
    private static void putBothWays(
            Map<String, Object> event, String single, String multi, Map<String, List<String>> values) {
        Map<String, String> last = new LinkedHashMap<>();
        values.forEach((name, all) -> last.put(name, all.get(all.size() - 1)));
        event.put(single, last);
        event.put(multi, values);
    }
}
