// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManyClientsTest extends GatewayTest {

    private static final int CLIENTS = 1000;

    @Test
    void aThousandClientsConnectAtOnceTalkAndLeave() throws Exception {
        app.on("$default", event -> "{\"statusCode\":200,\"body\":\"" + event.body() + "\"}");
        LocalGateway gateway = start(gateway().twoWay("$default"));
        List<CompletableFuture<Client>> connecting = IntStream.range(0, CLIENTS)
                .mapToObj(i -> Client.connectAsync(gateway.uri()))
                .toList();
        List<Client> clients = connecting.stream().map(CompletableFuture::join).toList();

        for (int i = 0; i < CLIENTS; i++) {
            clients.get(i).send("message " + i);
        }
        for (int i = 0; i < CLIENTS; i++) {
            assertThat(clients.get(i).receive()).isEqualTo("message " + i);
        }
        for (Client client : clients) {
            client.close();
        }

        Await.until(() -> app.events("$disconnect").size() == CLIENTS);
        assertThat(ids("$disconnect")).isEqualTo(ids("$connect")).hasSize(CLIENTS);
    }

    @Test
    void everyClientThatDiesIsMissedOnce() throws Exception {
        LocalGateway gateway = start();
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            clients.add(RawClient.connect(gateway.uri()).send("hello"));
        }

        for (RawClient client : clients) {
            client.die();
        }

        Await.until(() -> ids("$disconnect").equals(ids("$connect")));
        assertThat(app.events("$disconnect")).hasSize(300);
    }

    private Set<String> ids(String routeKey) {
        Set<String> ids = new HashSet<>();
        app.events(routeKey).forEach(event -> ids.add(event.connectionId()));
        return ids;
    }
}
