// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;

/** A Redis Cluster: three masters, and as many replicas, each in a process of its own. */
final class ClusterProcesses implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final long LIMIT_SECONDS = 60;

    /** Longer than Redis tries. */
    private static final long FAILOVER_SECONDS = 6;

    private final List<RedisProcess> nodes = new ArrayList<>();

    private ClusterProcesses() {}

    static ClusterProcesses start(int replicasPerMaster) {
        ClusterProcesses cluster = new ClusterProcesses();
        int size = MASTERS * (1 + replicasPerMaster);
        for (int i = 0; i < size; i++) {
            cluster.nodes.add(RedisProcess.start("--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf"));
        }
        cluster.assignSlots();
        cluster.meet();
        await(cluster::isSettled);
        for (int i = MASTERS; i < size; i++) {
            cluster.command(i, "REPLICATE", cluster.id(i % MASTERS));
        }
        await(() -> IntStream.range(MASTERS, size).allMatch(cluster::isSynchronized));
        return cluster;
    }

    /** The nodes: first the masters, then, in the same order, their replicas. */
    List<RedisProcess> nodes() {
        return nodes;
    }

    /** Makes a replica the master, in agreement with the present one, and waits until all nodes know. */
    void promote(int replica) {
        awaitMaster(replica, "FAILOVER");
    }

    /** Kills a master, has its replica take its place, and waits until all nodes know. */
    void killMasterOf(int replica) {
        nodes.get(replica - MASTERS).kill();
        awaitMaster(replica, "FAILOVER", "TAKEOVER");
    }

    /** Waits until the replicas have all that their masters have. */
    void awaitReplicas() {
        await(() ->
                IntStream.range(0, MASTERS).allMatch(master -> offset(master).equals(offset(master + MASTERS))));
    }

    private String offset(int node) {
        return nodes.get(node)
                .run(Protocol.Command.INFO, "replication")
                .lines()
                .filter(line -> line.startsWith("master_repl_offset"))
                .findAny()
                .orElseThrow();
    }

    private void awaitMaster(int node, String... failover) {
        String id = id(node);
        // again after a while: a busy master may not agree in the time that Redis gives it
        while (!isMaster(node, id)) {
            failOver(node, failover);
            holdsWithin(FAILOVER_SECONDS, () -> isMaster(node, id));
        }
        await(() -> IntStream.range(0, nodes.size())
                .filter(other -> nodes.get(other).isRunning())
                .allMatch(other -> isMaster(other, id) && command(other, "INFO").contains("cluster_state:ok")));
    }

    private void failOver(int node, String... failover) {
        try {
            command(node, failover);
        } catch (JedisDataException e) {
            // it is the master already
        }
    }

    private boolean isMaster(int asked, String id) {
        return command(asked, "NODES").lines().anyMatch(line -> line.startsWith(id) && line.contains("master"));
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

    private static void await(BooleanSupplier condition) {
        if (!holdsWithin(LIMIT_SECONDS, condition)) {
            throw new AssertionError("The cluster did not settle within " + LIMIT_SECONDS + " seconds");
        }
    }

    private static boolean holdsWithin(long seconds, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return true;
    }
}
