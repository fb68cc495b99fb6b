// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import dev.mooring.CloseReason;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;

/** Lets clients in, or not: the upgrade to a WebSocket waits for the function's answer to {@code $connect}. */
final class UpgradeHandler extends Handler.Abstract.NonBlocking {

    private static final String VERSION = "13";
    private static final int KEY_LENGTH = 24;

    private static final Configuration.ConfigurationCustomizer LIMITS = new Configuration.ConfigurationCustomizer();

    static {
        LIMITS.setIdleTimeout(Duration.ZERO);
        LIMITS.setAutoFragment(false);
        LIMITS.setMaxFrameSize(Limits.FRAME);
        LIMITS.setMaxTextMessageSize(Limits.MESSAGE);
    }

    private final WebSocketApi api;
    private final Stage stage;
    private final WebSocketMappings sockets;

    UpgradeHandler(WebSocketApi api, Stage stage, WebSocketMappings sockets) {
        this.api = api;
        this.stage = stage;
        this.sockets = sockets;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        boolean upgrade = isUpgrade(request);
        if (!stage.isAt(request.getHttpURI().getPath())) {
            return upgrade && HttpAnswer.error(response, callback, 403, "ForbiddenException", "Forbidden");
        }
        if (!upgrade) {
            response.getHeaders().put(HttpHeader.UPGRADE, "websocket");
            return HttpAnswer.json(response, callback, 426, "{\"message\":\"Upgrade Required\"}");
        }
        if (!isValid(request)) {
            response.getHeaders().put("Sec-WebSocket-Version", VERSION);
            return HttpAnswer.error(response, callback, 400, "BadRequestException", "Bad Request");
        }
        Unexpected.report(api.connect(Handshake.of(request, stage.port()))
                .thenAccept(admission -> answer(admission, request, response, callback)));
        return true;
    }

    private static boolean isUpgrade(Request request) {
        HttpFields headers = request.getHeaders();
        return HttpMethod.GET.is(request.getMethod())
                && headers.contains(HttpHeader.UPGRADE, "websocket")
                && headers.contains(HttpHeader.CONNECTION, "upgrade");
    }

    /** Looks before the function is asked: a handshake that fails afterwards would look like a client that left. */
    private static boolean isValid(Request request) {
        HttpFields headers = request.getHeaders();
        String key = headers.get(HttpHeader.SEC_WEBSOCKET_KEY);
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
                && VERSION.equals(headers.get(HttpHeader.SEC_WEBSOCKET_VERSION))
                && key != null
                && key.length() == KEY_LENGTH;
    }

    private void answer(Admission admission, Request request, Response response, Callback callback) {
        if (!admission.isAccepted()) {
            if (admission.body().isEmpty()) {
                HttpAnswer.empty(response, callback, admission.status());
            } else {
                HttpAnswer.json(response, callback, admission.status(), admission.body());
            }
            return;
        }
        upgrade(admission, request, response, callback);
    }

    private void upgrade(Admission admission, Request request, Response response, Callback callback) {
        if (admission.subprotocol() != null) {
            // Whatever the function says, offered or not: the client is to see it, as behind API Gateway.
            response.getHeaders().put(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, admission.subprotocol());
        }
        Callback upgraded = Callback.from(callback::succeeded, failure -> {
            vanished(admission.connection());
            callback.failed(failure);
        });
        try {
            boolean accepted = sockets.upgrade(
                    (upgrade, upgradeResponse, ignored) -> {
                        upgradeResponse.setExtensions(List.of());
                        return new ClientSocket(api, admission.connection());
                    },
                    request,
                    response,
                    upgraded,
                    LIMITS);
            if (!accepted) {
                upgraded.failed(new IllegalStateException("The server would not upgrade " + request));
            }
        } catch (RuntimeException e) {
            upgraded.failed(e);
        }
    }

    /** The client was let in and has gone before it could be told. */
    private void vanished(ClientConnection connection) {
        api.gone(connection, new CloseReason(CloseStatus.NO_CLOSE, ""));
    }
}
