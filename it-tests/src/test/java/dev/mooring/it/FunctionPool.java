// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A function in several processes, as Lambda scales it: each has one event at a time, and one that has ended is replaced
 * when there is an event for it. The process that has been idle for longest is next, so that one client's events go round.
 * Thread-safe.
 *
 * <pre>{@code
 * try (FunctionPool pool = new FunctionPool();
 *         LocalGateway gateway = LocalGateway.builder(pool).port(0).start()) {
 *     pool.start(2, DeployedFunction.of(ChatHandler.class).dsn("redis://localhost"), gateway.endpoint());
 *     …
 * }
 * }</pre>
 */
final class FunctionPool implements RequestStreamHandler, AutoCloseable {

    private final List<FunctionProcess> processes = new ArrayList<>();
    private final BlockingQueue<Integer> idle = new LinkedBlockingQueue<>();
    private final List<DeployedFunction> functions = new ArrayList<>();
    private boolean closed;

    /**
     * Starts processes, beside those that were started before. Events wait for the first.
     *
     * @param endpoint where the function reaches its clients
     */
    synchronized void start(int size, DeployedFunction deployed, URI endpoint) throws IOException {
        DeployedFunction function = deployed.environment("MOORING_ENDPOINT", endpoint.toString());
        for (int i = 0; i < size; i++) {
            functions.add(function);
            processes.add(FunctionProcess.start(function));
            idle.add(processes.size() - 1);
        }
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Integer next = awaitIdle(context);
        try {
            Duration timeout = Duration.ofMillis(context.getRemainingTimeInMillis());
            output.write(living(next).invoke(input.readAllBytes(), timeout));
        } finally {
            idle.add(next);
        }
    }

    private Integer awaitIdle(Context context) throws FunctionException {
        try {
            Integer next = idle.poll(context.getRemainingTimeInMillis(), TimeUnit.MILLISECONDS);
            if (next != null) {
                return next;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new FunctionException("No process was free for the event.");
    }

    private synchronized FunctionProcess living(int index) throws IOException {
        if (closed) {
            throw new FunctionException("The function was closed.");
        }
        if (!processes.get(index).isAlive()) {
            processes.get(index).close();
            processes.set(index, FunctionProcess.start(functions.get(index)));
        }
        return processes.get(index);
    }

    /** The processes, by index; one that has ended may be among them. */
    synchronized List<FunctionProcess> processes() {
        return List.copyOf(processes);
    }

    /** SIGKILL for one process; the event that it has fails. */
    void kill(int index) {
        processes().get(index).kill();
    }

    /** Ends all processes. Closing twice is fine. */
    @Override
    public synchronized void close() {
        closed = true;
        processes.forEach(FunctionProcess::close);
    }
}
