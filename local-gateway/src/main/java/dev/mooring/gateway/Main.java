// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.CountDownLatch;

/** Runs a Lambda handler behind a {@link LocalGateway}: the command line. {@code --help} lists the options. */
public final class Main {

    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private Main() {}

    /**
     * Serves until the process is asked to end. Ends with status 2 where the arguments are wrong, 1 where the gateway or
     * the handler does not start.
     *
     * @param arguments the command line
     */
    public static void main(String... arguments) {
        int status = run(arguments);
        if (status != 0) {
            System.exit(status);
        }
    }

    private static int run(String... arguments) {
        try {
            Options options = Options.parse(arguments);
            if (options.isHelp()) {
                System.out.print(Options.HELP);
            } else {
                serve(options);
            }
            return 0;
        } catch (UsageException e) {
            return fail(e.getMessage() + " --help lists the options.", USAGE);
        } catch (BindException e) {
            return fail(e.getMessage() + " Choose another with --port.", FAILURE);
        } catch (StartException | IOException e) {
            return fail(String.valueOf(e.getMessage()), FAILURE);
        }
    }

    private static int fail(String message, int status) {
        System.err.println(message);
        return status;
    }

    private static void serve(Options options) throws UsageException, StartException, IOException {
        // before the handler, whose store's client may log too
        QuietSlf4j.initialize();
        RequestStreamHandler handler = HandlerLoader.load(options.handler());
        RequestStreamHandler authorizer = handler;
        LocalGateway gateway;
        try {
            authorizer = authorizer(options, handler);
            gateway = options.configure(handler, authorizer).start();
        } catch (StartException | IOException e) {
            close(handler, authorizer);
            throw e;
        }
        RequestStreamHandler authorizing = authorizer;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            gateway.close();
            close(handler, authorizing);
        }));
        System.out.println("Ready: " + gateway.uri() + ", posts to " + gateway.endpoint() + "/@connections"
                + (options.hasPage() ? ", page at " + gateway.endpoint().resolve("/") : "") + ". Ctrl-C ends it.");
        System.out.flush();
        awaitEnd();
    }

    /** One object answers both, where the class is the same. */
    private static RequestStreamHandler authorizer(Options options, RequestStreamHandler handler)
            throws StartException {
        String authorizer = options.authorizer();
        return authorizer == null || authorizer.equals(options.handler()) ? handler : HandlerLoader.load(authorizer);
    }

    private static void awaitEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(RequestStreamHandler handler, RequestStreamHandler authorizer) {
        close(handler);
        if (!authorizer.equals(handler)) {
            close(authorizer);
        }
    }

    private static void close(RequestStreamHandler handler) {
        if (handler instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                System.err.println("The handler did not close: " + e);
            }
        }
    }
}
