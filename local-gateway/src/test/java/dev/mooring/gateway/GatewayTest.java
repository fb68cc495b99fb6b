// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A gateway for one test, on a port of its own. */
abstract class GatewayTest {

    final FakeApp app = new FakeApp();
    final ManualClock clock = new ManualClock();
    private final List<LocalGateway> gateways = new ArrayList<>();

    /** A gateway for {@link #app} that goes by {@link #clock}. */
    LocalGateway.Builder gateway() {
        return LocalGateway.builder(app).port(0).clock(clock);
    }

    LocalGateway start(LocalGateway.Builder builder) throws IOException {
        LocalGateway gateway = builder.start();
        gateways.add(gateway);
        return gateway;
    }

    LocalGateway start() throws IOException {
        return start(gateway());
    }

    /** What the request context of an event of the only client holds: some fields of its own, and those that all have. */
    @SafeVarargs
    final Map<String, Object> requestContext(EventView event, Map.Entry<String, Object>... own) {
        Map<String, Object> context = new HashMap<>();
        for (Map.Entry<String, Object> field : own) {
            context.put(field.getKey(), field.getValue());
        }
        context.put("extendedRequestId", event.requestId());
        context.put("messageDirection", "IN");
        context.put("stage", "dev");
        context.put("connectedAt", ManualClock.START.toEpochMilli());
        context.put("requestTimeEpoch", clock.instant().toEpochMilli());
        context.put("requestId", event.requestId());
        context.put("connectionId", app.await("$connect").connectionId());
        context.put("apiId", "local");
        return context;
    }

    static URI with(URI uri, String more) {
        return URI.create(uri + more);
    }

    @AfterEach
    void close() {
        gateways.forEach(LocalGateway::close);
    }
}
