// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import com.github.dockerjava.api.DockerClient;
import dev.mooring.testsupport.Await;
import dev.mooring.testsupport.FreePorts;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** A server in its container, at one port of this machine however often it is restarted. */
final class RunningServer implements AutoCloseable {

    private final Server kind;
    private final GenericContainer<?> container;
    private final int port;

    private RunningServer(Server kind, GenericContainer<?> container, int port) {
        this.kind = kind;
        this.container = container;
        this.port = port;
    }

    static RunningServer start(Server kind, GenericContainer<?> container, int containerPort) {
        // what Docker chooses itself is another one after each restart
        int port = FreePorts.next();
        container.withExposedPorts(containerPort).setPortBindings(List.of(port + ":" + containerPort));
        container.start();
        return new RunningServer(kind, container, port);
    }

    String dsn() {
        return kind.dsn(port);
    }

    /** The DSN with a timeout that a busy machine does not exceed. */
    String patientDsn() {
        return dsn() + (dsn().contains("?") ? "&" : "?") + "timeout=60s";
    }

    int port() {
        return port;
    }

    GenericContainer<?> container() {
        return container;
    }

    /** Kills it, if it can live with that, so that it can neither say good-bye nor write anything more. */
    void kill() {
        docker().killContainerCmd(container.getContainerId())
                .withSignal(kind.endsBy())
                .exec();
        Await.until("the server has ended", () -> !container.isRunning());
    }

    /** Starts what was killed, on the data that it left. */
    void restart() {
        docker().startContainerCmd(container.getContainerId()).exec();
    }

    /** Freezes its processes: connections stay open and nothing is answered. */
    void pause() {
        docker().pauseContainerCmd(container.getContainerId()).exec();
    }

    void unpause() {
        docker().unpauseContainerCmd(container.getContainerId()).exec();
    }

    private static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }

    @Override
    public void close() {
        container.stop();
    }
}
