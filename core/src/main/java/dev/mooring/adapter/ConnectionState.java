// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.adapter;

import dev.mooring.Acceptance;
import dev.mooring.Handshake;
import dev.mooring.json.Json;
import dev.mooring.json.JsonReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a connection besides its channels, as JSON with a version in front:
 *
 * <pre>{"v":1,"at":1792579200000,"ip":"…","headers":{"Origin":["…"]},"query":{},"authorizer":{},
 *  "subprotocol":"…","attributes":{},"establishing":1792579200000}</pre>
 *
 * <p>Members that are empty are left out, members of a later version are ignored.
 *
 * @param establishing when the client was accepted; null once a message has come from it: the platform then knows it
 */
record ConnectionState(
        Handshake handshake,
        @Nullable String subprotocol,
        Map<String, String> attributes,
        @Nullable Instant establishing) {

    private static final long VERSION = 1;

    /** Headers that carry credentials, or may: they are not stored unless the app asks for it. */
    private static final Set<String> CREDENTIALS = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        CREDENTIALS.addAll(List.of(
                "Authorization",
                "Cookie",
                "Proxy-Authorization",
                "Sec-WebSocket-Key",
                "Sec-WebSocket-Protocol",
                "X-Api-Key"));
    }

    /** The handshake as it is stored: without what the app did not ask to keep. */
    static Handshake withoutCredentials(Handshake handshake, Acceptance acceptance) {
        Map<String, List<String>> headers = new LinkedHashMap<>(handshake.headers());
        headers.keySet().removeIf(name -> CREDENTIALS.contains(name) && !acceptance.keepsHeader(name));
        return Handshake.at(handshake.connectedAt())
                .sourceIp(handshake.sourceIp())
                .headers(headers)
                .query(handshake.query())
                .authorizer(handshake.authorizer())
                .build();
    }

    String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("v", VERSION);
        json.put("at", handshake.connectedAt().toEpochMilli());
        putUnlessEmpty(json, "headers", handshake.headers());
        putUnlessEmpty(json, "query", handshake.query());
        putUnlessEmpty(json, "authorizer", handshake.authorizer());
        putUnlessEmpty(json, "attributes", attributes);
        if (!handshake.sourceIp().isEmpty()) {
            json.put("ip", handshake.sourceIp());
        }
        if (subprotocol != null) {
            json.put("subprotocol", subprotocol);
        }
        if (establishing != null) {
            json.put("establishing", establishing.toEpochMilli());
        }
        return Json.write(json);
    }

    private static void putUnlessEmpty(Map<String, Object> json, String name, Map<String, ?> value) {
        if (!value.isEmpty()) {
            json.put(name, value);
        }
    }

    static ConnectionState fromJson(String text) {
        Instant connectedAt = Instant.EPOCH;
        String sourceIp = "";
        String subprotocol = null;
        Map<String, List<String>> headers = Map.of();
        Map<String, List<String>> query = Map.of();
        Map<String, String> authorizer = Map.of();
        Map<String, String> attributes = Map.of();
        Instant establishing = null;
        JsonReader json = new JsonReader(text);
        json.beginObject();
        for (String name; (name = json.nextName()) != null; ) {
            switch (name) {
                case "at" -> connectedAt = Instant.ofEpochMilli(json.nextLong());
                case "ip" -> sourceIp = json.nextString();
                case "subprotocol" -> subprotocol = json.nextString();
                case "headers" -> headers = lists(json);
                case "query" -> query = lists(json);
                case "authorizer" -> authorizer = strings(json);
                case "attributes" -> attributes = strings(json);
                case "establishing" -> establishing = Instant.ofEpochMilli(json.nextLong());
                default -> json.skipValue();
            }
        }
        json.end();
        Handshake handshake = Handshake.at(connectedAt)
                .sourceIp(sourceIp)
                .headers(headers)
                .query(query)
                .authorizer(authorizer)
                .build();
        return new ConnectionState(handshake, subprotocol, attributes, establishing);
    }

    private static Map<String, String> strings(JsonReader json) {
        Map<String, String> strings = new LinkedHashMap<>();
        json.beginObject();
        for (String name; (name = json.nextName()) != null; ) {
            strings.put(name, json.nextString());
        }
        return strings;
    }

    private static Map<String, List<String>> lists(JsonReader json) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        json.beginObject();
        for (String name; (name = json.nextName()) != null; ) {
            List<String> values = new ArrayList<>();
            json.beginArray();
            while (json.nextElement()) {
                values.add(json.nextString());
            }
            lists.put(name, values);
        }
        return lists;
    }
}
