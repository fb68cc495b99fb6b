// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.testsupport.Await;
import dev.mooring.testsupport.FreePorts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * Three primaries of a Redis Cluster, each with a replica, in one container at the ports by which this machine reaches
 * them, so that what a node says of another is true inside and outside.
 */
final class RedisClusterServer implements AutoCloseable {

    private static final String START = """
            start() {
              mkdir -p /tmp/$1
              redis-server --port $1 --cluster-enabled yes --cluster-node-timeout 2000 --dir /tmp/$1 --save "" \
                --appendonly no --protected-mode no --cluster-announce-ip 127.0.0.1 --daemonize yes \
                --pidfile /tmp/$1/pid --repl-diskless-sync-delay 0 >/dev/null
            }
            case $0 in
              start) start $1 ;;
              *)
                nodes=
                for port in $0 "$@"; do start $port; nodes="$nodes 127.0.0.1:$port"; done
                sleep 1
                redis-cli --cluster create $nodes --cluster-replicas 1 --cluster-yes
                until redis-cli -p $0 cluster info | grep -q cluster_state:ok; do sleep 0.2; done
                echo "the cluster is up"
                exec sleep infinity ;;
            esac
            """;

    private final List<String> ports = new ArrayList<>();
    private final GenericContainer<?> container = new GenericContainer<>(Images.named("redis.newest"))
            .withCreateContainerCmdModifier(command -> command.withEntrypoint("bash", "-c", START))
            .waitingFor(Wait.forLogMessage(".*the cluster is up\\s", 1));

    RedisClusterServer() {
        while (ports.size() < 6) {
            int port = FreePorts.next();
            // nodes talk among themselves at 10,000 more
            if (port <= 55_535) {
                ports.add(String.valueOf(port));
            }
        }
        container.withCommand(ports.toArray(String[]::new));
        container.setPortBindings(ports.stream().map(port -> port + ":" + port).toList());
        container.start();
    }

    String dsn() {
        return "redis://localhost:" + ports.get(0) + "?cluster=true";
    }

    /** Waits until the replicas have all that their primaries have. */
    void awaitReplication() {
        for (String port : primaries()) {
            Await.until("a replica has all that " + port + " has", () -> cli(port, "wait 1 1000")
                    .equals("1"));
        }
    }

    List<String> primaries() {
        List<String> primaries = new ArrayList<>();
        for (String port : ports) {
            if (isAlive(port) && cli(port, "role").startsWith("master")) {
                primaries.add(port);
            }
        }
        return Collections.unmodifiableList(primaries);
    }

    private boolean isAlive(String port) {
        return InContainer.run(container, "redis-cli -p " + port + " ping 2>&1 || true")
                .startsWith("PONG");
    }

    /** SIGKILL. What it had is gone with it. */
    void kill(String port) {
        InContainer.run(container, "kill -9 $(cat /tmp/" + port + "/pid)");
    }

    /** Starts a node that was killed, with nothing but what it knows of the cluster. */
    void restart(String port) {
        InContainer.run(container, "bash -c '" + START.replace("'", "'\\''") + "' start " + port);
    }

    /** Waits until a node has copied all of its primary's data. */
    void awaitFullResync(String port) {
        Await.until(port + " is a replica that has copied everything", () -> cli(port, "info replication")
                .contains("master_link_status:up"));
    }

    private String cli(String port, String command) {
        return InContainer.run(container, "redis-cli -p " + port + " " + command)
                .strip();
    }

    @Override
    public void close() {
        container.stop();
    }
}
