// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** What a client presented when it connected, as events show it. */
record Handshake(
        Map<String, List<String>> headers,
        Map<String, List<String>> query,
        String sourceIp,
        @Nullable String userAgent) {

    /** The $connect event is without them; the authorizer's has them. */
    private static final Set<HttpHeader> HOP_BY_HOP = Set.of(HttpHeader.CONNECTION, HttpHeader.UPGRADE);

    static Handshake of(Request request, int port) {
        String sourceIp = sourceIp(request);
        Map<String, List<String>> headers = headers(request);
        headers.put("X-Amzn-Trace-Id", List.of(TraceId.next()));
        headers.put("X-Forwarded-For", List.of(sourceIp));
        headers.put("X-Forwarded-Port", List.of(Integer.toString(port)));
        headers.put("X-Forwarded-Proto", List.of("http"));
        String userAgent = request.getHeaders().get(HttpHeader.USER_AGENT);
        return new Handshake(Collections.unmodifiableMap(headers), query(request), sourceIp, userAgent);
    }

    private static String sourceIp(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "127.0.0.1";
    }

    private static Map<String, List<String>> headers(Request request) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (HttpField field : request.getHeaders()) {
            if (field.getHeader() == null || !HOP_BY_HOP.contains(field.getHeader())) {
                headers.computeIfAbsent(field.getName(), name -> new ArrayList<>())
                        .add(field.getValue() == null ? "" : field.getValue());
            }
        }
        return headers;
    }

    private static Map<String, List<String>> query(Request request) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            query.put(field.getName(), field.getValues());
        }
        return query;
    }
}
