// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.adapter.EngineListener;
import dev.mooring.json.Json;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what an engine does, and writes it as one line of CloudWatch's embedded metric format when an invocation ends:
 * {@code Connected}, {@code Disconnected}, {@code Received}, {@code Sent}, {@code Gone} and {@code Failed}, and of the
 * calls on the backend {@code BackendCalls}, {@code BackendTime} (all together) and {@code BackendTimeMax} (the longest),
 * in microseconds. What did not happen is left out; if nothing did, there is no line. The namespace is {@code Mooring},
 * the dimension {@code FunctionName}. Thread-safe; invocations that run at the same time on one handler share a line.
 *
 * <p>Source: Amazon CloudWatch User Guide, {@code CloudWatch_Embedded_Metric_Format_Specification}.
 */
public final class EmfMetrics implements EngineListener {

    private final PrintStream out;
    private final Map<String, Long> values = new LinkedHashMap<>();

    /** Metrics on standard output, which on Lambda is the function's log. */
    public EmfMetrics() {
        this(System.out);
    }

    /**
     * Metrics on a stream.
     *
     * @param out where the lines go; not closed
     */
    public EmfMetrics(PrintStream out) {
        this.out = out;
    }

    @Override
    public void connected() {
        add("Connected", 1);
    }

    @Override
    public void disconnected() {
        add("Disconnected", 1);
    }

    @Override
    public void received() {
        add("Received", 1);
    }

    @Override
    public void sent() {
        add("Sent", 1);
    }

    @Override
    public void gone() {
        add("Gone", 1);
    }

    @Override
    public void failed() {
        add("Failed", 1);
    }

    @Override
    public synchronized void backendCall(String operation, Duration duration) {
        long micros = duration.toNanos() / 1000;
        add("BackendCalls", 1);
        add("BackendTime", micros);
        values.merge("BackendTimeMax", micros, Math::max);
    }

    private synchronized void add(String name, long amount) {
        values.merge(name, amount, Long::sum);
    }

    /** Writes what was counted since the last line, if anything. */
    synchronized void write(String functionName, Instant now) {
        if (values.isEmpty()) {
            return;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("_aws", metadata(now));
        line.put("FunctionName", functionName);
        line.putAll(values);
        out.println(Json.write(line));
        values.clear();
    }

    private Map<String, Object> metadata(Instant now) {
        List<Map<String, String>> metrics = new ArrayList<>();
        for (String name : values.keySet()) {
            metrics.add(Map.of("Name", name, "Unit", name.startsWith("BackendTime") ? "Microseconds" : "Count"));
        }
        Map<String, Object> directive =
                Map.of("Namespace", "Mooring", "Dimensions", List.of(List.of("FunctionName")), "Metrics", metrics);
        return Map.of("Timestamp", now.toEpochMilli(), "CloudWatchMetrics", List.of(directive));
    }
}
