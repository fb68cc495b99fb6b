// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import dev.mooring.testsupport.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/** A Redis Cluster: three masters, and as many replicas, each in a process of its own. */
final class ClusterProcesses implements AutoCloseable {

    private static final int MASTERS = 3;

    /** Longer than Redis tries. */
    private static final Duration FAILOVER = Duration.ofSeconds(6);

    /** How long a master must be silent before the others hold an election. */
    private static final String NODE_TIMEOUT_MILLIS = "2000";

    private static final Pattern SLOTS = Pattern.compile(" connected [0-9]+-[0-9]+");

    private final List<RedisProcess> nodes = new ArrayList<>();
    private final Set<RedisProcess> lost = new HashSet<>();

    private ClusterProcesses() {}

    static ClusterProcesses start(int replicasPerMaster) {
        ClusterProcesses cluster = new ClusterProcesses();
        int size = MASTERS * (1 + replicasPerMaster);
        for (int i = 0; i < size; i++) {
            cluster.nodes.add(RedisProcess.start("--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf"));
            // as redis-cli does: of two masters with the same epoch, none can take slots from the other
            cluster.command(i, "SET-CONFIG-EPOCH", String.valueOf(i + 1));
        }
        cluster.assignSlots();
        cluster.meet();
        Await.until("the masters know one another", cluster::isSettled);
        for (int i = MASTERS; i < size; i++) {
            cluster.command(i, "REPLICATE", cluster.id(i % MASTERS));
        }
        Await.until(
                "all know the replicas, and these have all",
                () -> IntStream.range(0, size).allMatch(cluster::knowsAllReplicas)
                        && IntStream.range(MASTERS, size).allMatch(cluster::isSynchronized));
        return cluster;
    }

    /** The nodes: first the masters, then, in the same order, their replicas. */
    List<RedisProcess> nodes() {
        return nodes;
    }

    /** Makes a replica the master, in agreement with the present one, and waits until all nodes know. */
    void promote(int replica) {
        String id = id(replica);
        // again after a while: a busy master may not agree in the time that Redis gives it
        Await.until("the replica is a master", () -> {
            failOver(replica);
            return Await.holdsWithin(FAILOVER, () -> hasSlots(replica, id));
        });
        awaitMaster(replica);
    }

    /** Loses the master of a replica, which waits for {@link #elect} before it stands as a candidate. */
    void loseMasterOf(int replica, Consumer<RedisProcess> how) {
        nodes.forEach(node -> node.run(Protocol.Command.CONFIG, "SET", "cluster-node-timeout", NODE_TIMEOUT_MILLIS));
        nodes.get(replica).run(Protocol.Command.CONFIG, "SET", "cluster-replica-no-failover", "yes");
        RedisProcess master = nodes.get(replica - MASTERS);
        how.accept(master);
        lost.add(master);
    }

    /** Has the masters that are left vote for a replica, and waits until all nodes know. */
    void elect(int replica) {
        nodes.get(replica).run(Protocol.Command.CONFIG, "SET", "cluster-replica-no-failover", "no");
        awaitMaster(replica);
    }

    /** Waits until the replicas have all that their masters have. */
    void awaitReplicas() {
        Await.until("the replicas have all that their masters have", () -> IntStream.range(0, MASTERS)
                .allMatch(master -> nodes.get(master)
                        .replicationOffset()
                        .equals(nodes.get(master + MASTERS).replicationOffset())));
    }

    private void awaitMaster(int node) {
        String id = id(node);
        Await.until("all nodes that are left know the master", () -> IntStream.range(0, nodes.size())
                .filter(other -> !lost.contains(nodes.get(other)))
                .allMatch(other -> hasSlots(other, id) && command(other, "INFO").contains("cluster_state:ok")));
    }

    private void failOver(int node) {
        try {
            command(node, "FAILOVER");
        } catch (JedisDataException e) {
            // it is the master already
        }
    }

    /** Whether a node knows that another serves slots: that it is a master, it may know before. */
    private boolean hasSlots(int asked, String id) {
        return command(asked, "NODES")
                .lines()
                .anyMatch(line -> line.startsWith(id) && SLOTS.matcher(line).find());
    }

    private boolean knowsAllReplicas(int asked) {
        return command(asked, "NODES")
                        .lines()
                        .filter(line -> line.contains("slave"))
                        .count()
                == nodes.size() - MASTERS;
    }

    @Override
    public void close() {
        nodes.forEach(RedisProcess::close);
    }

    private void assignSlots() {
        for (int i = 0; i < MASTERS; i++) {
            List<String> words = new ArrayList<>(List.of("ADDSLOTS"));
            IntStream.range(Protocol.CLUSTER_HASHSLOTS * i / MASTERS, Protocol.CLUSTER_HASHSLOTS * (i + 1) / MASTERS)
                    .mapToObj(String::valueOf)
                    .forEach(words::add);
            command(i, words.toArray(String[]::new));
        }
    }

    private void meet() {
        for (int i = 1; i < nodes.size(); i++) {
            command(0, "MEET", "127.0.0.1", String.valueOf(nodes.get(i).port()));
        }
    }

    private boolean isSettled() {
        return IntStream.range(0, nodes.size())
                .allMatch(node -> command(node, "INFO").contains("cluster_state:ok")
                        && command(node, "NODES")
                                        .lines()
                                        .filter(line -> line.contains("connected"))
                                        .count()
                                == nodes.size());
    }

    private boolean isSynchronized(int replica) {
        return nodes.get(replica).run(Protocol.Command.INFO, "replication").contains("master_link_status:up");
    }

    private String id(int node) {
        return command(node, "MYID");
    }

    private String command(int node, String... words) {
        return nodes.get(node).run(Protocol.Command.CLUSTER, words);
    }
}
