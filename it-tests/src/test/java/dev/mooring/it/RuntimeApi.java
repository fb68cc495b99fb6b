// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Runtime API, version 2018-06-01, of one execution environment: its process asks here for the next event, and posts
 * its answer. Every process has one of its own, as on Lambda, so that none takes an event that another is to answer.
 * Thread-safe.
 */
final class RuntimeApi implements AutoCloseable {

    static final String FUNCTION_NAME = "function-in-a-process";
    private static final String VERSION = "/2018-06-01/runtime/";
    private static final String INVOCATION = VERSION + "invocation/";
    private static final Pattern ANSWER = Pattern.compile(INVOCATION + "(?<id>[^/]+)/(?<kind>response|error)");

    static {
        // else each answer waits 40 ms for the client to acknowledge its headers
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(RuntimeApi::newThread);
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> invocations = new ConcurrentHashMap<>();
    private volatile String end;

    /** An event that has no answer yet. */
    private static final class Invocation {

        private final String id = UUID.randomUUID().toString();
        private final byte[] event;
        private final Instant deadline;
        private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

        Invocation(byte[] event, Instant deadline) {
            this.event = event;
            this.deadline = deadline;
        }

        void fail(String reason) {
            answer.completeExceptionally(new FunctionException(reason));
        }
    }

    /** Listens on a free port of this machine. */
    RuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(INVOCATION + "next", this::next);
        server.createContext(INVOCATION, this::answer);
        server.createContext(VERSION + "init/error", this::initError);
        server.start();
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "runtime-api");
        thread.setDaemon(true);
        return thread;
    }

    /** The value of {@code AWS_LAMBDA_RUNTIME_API} for the process. */
    String address() {
        return server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /**
     * Gives the process an event, when it asks for one.
     *
     * @return its answer
     * @throws FunctionException if it answers with an error, or ends
     * @throws TimeoutException if there is no answer in time; one that comes later is refused
     */
    byte[] invoke(byte[] event, Duration timeout) throws FunctionException, TimeoutException, InterruptedException {
        Invocation invocation = new Invocation(event, Instant.now().plus(timeout));
        invocations.put(invocation.id, invocation);
        waiting.add(invocation);
        if (end != null) {
            invocation.fail(end);
        }
        try {
            return invocation.answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new FunctionException(e.getCause().getMessage());
        } finally {
            invocations.remove(invocation.id);
            waiting.remove(invocation);
        }
    }

    /** The process has ended: every event fails from now on, for the first reason that was given. */
    synchronized void end(String reason) {
        if (end == null) {
            end = reason;
            invocations.values().forEach(invocation -> invocation.fail(reason));
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        try (exchange) {
            Invocation invocation = waiting.take();
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "application/json");
            headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id);
            headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(invocation.deadline.toEpochMilli()));
            headers.set(
                    "Lambda-Runtime-Invoked-Function-Arn",
                    "arn:aws:lambda:us-east-1:000000000000:function:" + FUNCTION_NAME);
            headers.set("Lambda-Runtime-Trace-Id", traceId(invocation.deadline));
            exchange.sendResponseHeaders(200, invocation.event.length);
            exchange.getResponseBody().write(invocation.event);
        } catch (InterruptedException e) {
            // closed
        }
    }

    private static String traceId(Instant time) {
        String random = UUID.randomUUID().toString().replace("-", "");
        return "Root=1-%08x-%s;Sampled=0".formatted(time.getEpochSecond(), random.substring(0, 24));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Matcher path = ANSWER.matcher(exchange.getRequestURI().getPath());
            Invocation invocation = path.matches() ? invocations.get(path.group("id")) : null;
            if (invocation == null) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            // first, so that the process may die at once
            if (path.group("kind").equals("response")) {
                invocation.answer.complete(body);
            } else {
                invocation.fail("The function failed: " + new String(body, StandardCharsets.UTF_8));
            }
            exchange.sendResponseHeaders(202, -1);
        }
    }

    private void initError(HttpExchange exchange) throws IOException {
        try (exchange) {
            String error = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            end("The function did not start: " + error);
            exchange.sendResponseHeaders(202, -1);
        }
    }

    @Override
    public void close() {
        end("The function was closed.");
        server.stop(0);
        threads.shutdownNow();
    }
}
