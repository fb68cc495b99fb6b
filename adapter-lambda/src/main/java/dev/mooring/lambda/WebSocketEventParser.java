// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.CloseReason;
import dev.mooring.Handshake;
import dev.mooring.Message;
import dev.mooring.json.JsonException;
import dev.mooring.json.JsonReader;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of WebSocket APIs. Members may be missing, null, of an unexpected type or unknown, in any order; what
 * kind of event it is, {@code eventType} says, and not the route key, which clients choose.
 */
final class WebSocketEventParser {

    /** RFC 6455: no code was in the close frame. */
    private static final int NO_STATUS = 1005;

    private String type = "";
    private String methodArn = "";
    private String eventType = "";
    private String connectionId = "";
    private String requestId = "";
    private String messageId = "";
    private String routeKey = "";
    private String domainName = "";
    private String stage = "";
    private String sourceIp = "";
    private Instant connectedAt;
    private int disconnectStatusCode = NO_STATUS;
    private String disconnectReason = "";
    private String body = "";
    private boolean base64;
    private Map<String, String> authorizer = Map.of();
    private Map<String, List<String>> headers = Map.of();
    private Map<String, List<String>> multiValueHeaders = Map.of();
    private Map<String, List<String>> query = Map.of();
    private Map<String, List<String>> multiValueQuery = Map.of();

    private WebSocketEventParser(Instant received) {
        connectedAt = received;
    }

    /**
     * Reads an event.
     *
     * @param received when the client counts as connected where the event does not say
     * @return the event; null if it is none of a WebSocket API
     */
    static @Nullable WebSocketEvent parse(String text, Instant received) {
        WebSocketEventParser parser = new WebSocketEventParser(received);
        try {
            parser.readEvent(new JsonReader(text));
        } catch (JsonException e) {
            return null;
        }
        return parser.isWebSocketEvent() ? parser.event() : null;
    }

    private void readEvent(JsonReader json) {
        json.beginObject();
        for (String name; (name = json.nextName()) != null; ) {
            switch (name) {
                case "requestContext" -> readContext(json);
                case "headers" -> headers = Values.lists(json.nextValue());
                case "multiValueHeaders" -> multiValueHeaders = Values.lists(json.nextValue());
                case "queryStringParameters" -> query = Values.lists(json.nextValue());
                case "multiValueQueryStringParameters" -> multiValueQuery = Values.lists(json.nextValue());
                case "body" -> body = Values.text(json.nextValue());
                case "isBase64Encoded" -> base64 = Boolean.TRUE.equals(json.nextValue());
                case "type" -> type = Values.text(json.nextValue());
                case "methodArn" -> methodArn = Values.text(json.nextValue());
                default -> json.skipValue();
            }
        }
        json.end();
    }

    private void readContext(JsonReader json) {
        json.beginObject();
        for (String name; (name = json.nextName()) != null; ) {
            switch (name) {
                case "eventType" -> eventType = Values.text(json.nextValue());
                case "connectionId" -> connectionId = Values.text(json.nextValue());
                case "requestId" -> requestId = Values.text(json.nextValue());
                case "messageId" -> messageId = Values.text(json.nextValue());
                case "routeKey" -> routeKey = Values.text(json.nextValue());
                case "domainName" -> domainName = Values.text(json.nextValue());
                case "stage" -> stage = Values.text(json.nextValue());
                case "connectedAt" -> connectedAt = instant(json.nextValue());
                case "disconnectStatusCode" -> disconnectStatusCode = code(json.nextValue());
                case "disconnectReason" -> disconnectReason = Values.text(json.nextValue());
                case "authorizer" -> authorizer = Values.texts(json.nextValue());
                case "identity" -> sourceIp = Values.texts(json.nextValue()).getOrDefault("sourceIp", "");
                default -> json.skipValue();
            }
        }
    }

    private Instant instant(@Nullable Object epochMillis) {
        return epochMillis instanceof Long millis ? Instant.ofEpochMilli(millis) : connectedAt;
    }

    private static int code(@Nullable Object number) {
        return number instanceof Long code ? code.intValue() : NO_STATUS;
    }

    private boolean isWebSocketEvent() {
        boolean known = eventType.equals("CONNECT") || eventType.equals("MESSAGE") || eventType.equals("DISCONNECT");
        return known && !connectionId.isEmpty() && (type.isEmpty() || isAuthorizerEvent());
    }

    /** An authorizer's event has the event type of what it is about; what tells it apart is its type. */
    private boolean isAuthorizerEvent() {
        return type.equals("REQUEST") && eventType.equals("CONNECT") && !methodArn.isEmpty();
    }

    private WebSocketEvent event() {
        return new WebSocketEvent(
                isAuthorizerEvent() ? WebSocketEvent.Type.AUTHORIZE : WebSocketEvent.Type.valueOf(eventType),
                connectionId,
                requestId,
                domainName,
                stage,
                handshake(),
                message(),
                new CloseReason(disconnectStatusCode, disconnectReason),
                methodArn);
    }

    private Handshake handshake() {
        return Handshake.at(connectedAt)
                .headers(multiValueHeaders.isEmpty() ? headers : multiValueHeaders)
                .query(multiValueQuery.isEmpty() ? query : multiValueQuery)
                .authorizer(authorizer)
                .sourceIp(sourceIp)
                .build();
    }

    private Message message() {
        if (!base64) {
            return Message.text(messageId, routeKey, body);
        }
        try {
            return Message.binary(messageId, routeKey, Base64.getDecoder().decode(body));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The event says isBase64Encoded, but its body is not base64.");
        }
    }
}
