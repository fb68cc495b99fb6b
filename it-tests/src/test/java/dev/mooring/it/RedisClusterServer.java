// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import dev.mooring.testsupport.Await;
import dev.mooring.testsupport.FreePorts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern PRIMARY_OFFSET = Pattern.compile("master_repl_offset:(\\d+)");
    private static final Pattern REPLICA_OFFSET = Pattern.compile("slave0:.*offset=(\\d+)");

    private final List<String> ports = new ArrayList<>();
    private final GenericContainer<?> container = new GenericContainer<>(Images.named("redis.newest"))
            .withCreateContainerCmdModifier(command -> command.withEntrypoint("bash", "-c", START))
            .waitingFor(Wait.forLogMessage(".*the cluster is up\\s", 1));

    RedisClusterServer() {
        for (int i = 0; i < 6; i++) {
            ports.add(String.valueOf(FreePorts.next()));
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
            Await.until("a replica has all that " + port + " has", () -> hasAll(cli(port, "info replication")));
        }
    }

    private static boolean hasAll(String replication) {
        Matcher primary = PRIMARY_OFFSET.matcher(replication);
        Matcher replica = REPLICA_OFFSET.matcher(replication);
        return primary.find() && replica.find() && primary.group(1).equals(replica.group(1));
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
