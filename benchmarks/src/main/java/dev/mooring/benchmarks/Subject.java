// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.mooring.backend.Backend;
import dev.mooring.backend.StoredConnection;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a function does, in a JVM of its own: opens a backend, answers a first event, and more. Prints the first event's
 * time and CPU from the beginning of main, then p50 and p99 of connect, message and disconnect, all in microseconds.
 * Arguments: store, HTTP client, endpoint, number of connections, pause between them in milliseconds.
 */
public final class Subject {

    private static final String STATE = "{\"v\":1,\"attributes\":{\"name\":\"" + "x".repeat(1000) + "\"}}";

    private final Backend backend;
    private final long[] connects;
    private final long[] messages;
    private final long[] disconnects;

    private Subject(Backend backend, int count) {
        this.backend = backend;
        connects = new long[count];
        messages = new long[count];
        disconnects = new long[count];
    }

    /**
     * See above.
     *
     * @param args see above
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws InterruptedException {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        long begin = System.nanoTime();
        Backend backend =
                Store.valueOf(args[0]).open(HttpClient.valueOf(args[1]).builder(), URI.create(args[2]));
        backend.save(connection("first"));
        long time = System.nanoTime() - begin;
        cpu = process.getProcessCpuTime() - cpu;

        Subject subject = new Subject(backend, Integer.parseInt(args[3]));
        subject.run(Integer.parseInt(args[4]));
        System.out.println(micros(time) + " " + micros(cpu) + percentiles(subject.connects)
                + percentiles(subject.messages) + percentiles(subject.disconnects));
        System.exit(0);
    }

    private static StoredConnection connection(String id) {
        return new StoredConnection(id, STATE, Set.of(), Instant.now().plusSeconds(3600));
    }

    private void run(int pauseMillis) throws InterruptedException {
        for (int i = 0; i < connects.length; i++) {
            if (i > 0) {
                Thread.sleep(pauseMillis);
            }
            long begin = System.nanoTime();
            backend.save(connection("c" + i));
            long connected = System.nanoTime();
            StoredConnection found = backend.find("c" + i).orElseThrow();
            if (backend.update(found, found).isEmpty()) {
                throw new IllegalStateException("Somebody else uses the same server.");
            }
            long answered = System.nanoTime();
            backend.delete("c" + i);
            connects[i] = connected - begin;
            messages[i] = answered - connected;
            disconnects[i] = System.nanoTime() - answered;
        }
    }

    /** The first third is the JVM's to warm up in. */
    private static String percentiles(long[] nanos) {
        if (nanos.length == 0) {
            return "";
        }
        long[] warm = Arrays.copyOfRange(nanos, nanos.length / 3, nanos.length);
        Arrays.sort(warm);
        return " " + micros(warm[warm.length / 2]) + " " + micros(warm[warm.length * 99 / 100]);
    }

    private static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
