// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
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

    static URI with(URI uri, String more) {
        return URI.create(uri + more);
    }

    @AfterEach
    void close() {
        gateways.forEach(LocalGateway::close);
    }
}
