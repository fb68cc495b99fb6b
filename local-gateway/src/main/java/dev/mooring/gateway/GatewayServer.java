// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;

/** The HTTP and WebSocket server. Its few threads never wait for the function or for a client. */
final class GatewayServer {

    private static final int MAX_THREADS = 16;
    private static final int MAX_HEADERS = 16 * 1024;
    /** Longer than the function may take to answer a handshake. */
    private static final Duration HTTP_IDLE = Limits.INTEGRATION.multipliedBy(2);

    private final Server server;
    private final ServerConnector connector;

    GatewayServer(String host, int port) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("gateway");
        threads.setDaemon(true);
        server = new Server(threads, new ScheduledExecutorScheduler("gateway-timer", true), null);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http()));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(HTTP_IDLE.toMillis());
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);
    }

    private static HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADERS);
        // Header values reach events as they were sent.
        http.setHeaderCacheCaseSensitive(true);
        // A connection id that was encoded twice is answered, not dropped.
        http.setUriCompliance(UriCompliance.DEFAULT.with("gateway", UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
        return http;
    }

    /** Binds the port, so that it is known; clients wait until {@link #start}. */
    int bind() throws IOException {
        try {
            connector.open();
            return connector.getLocalPort();
        } catch (IOException e) {
            throw unbound(e);
        }
    }

    private IOException unbound(IOException e) {
        String place = "port " + connector.getPort() + " of " + connector.getHost();
        if (e.getCause() instanceof BindException cause
                && String.valueOf(cause.getMessage()).contains("in use")) {
            return new BindException("The " + place + " is in use.");
        }
        return new IOException("The gateway cannot listen at " + place + ": " + e.getCause(), e);
    }

    void start(WebSocketApi api, Stage stage, @Nullable StaticFiles files) throws Exception {
        WebSocketMappings sockets = new WebSocketMappings(WebSocketServerComponents.ensureWebSocketComponents(server));
        Handler.Sequence handlers = new Handler.Sequence();
        handlers.addHandler(new ConnectionsHandler(api, stage));
        handlers.addHandler(new UpgradeHandler(api, stage, sockets));
        if (files != null) {
            handlers.addHandler(files.handler());
        }
        handlers.addHandler(new NotFoundHandler(files != null));
        server.setHandler(handlers);
        server.start();
    }

    void stop() throws Exception {
        connector.close();
        server.stop();
    }
}
