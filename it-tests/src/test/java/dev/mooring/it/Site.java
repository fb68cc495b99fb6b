// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.it;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.mooring.gateway.LocalGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The whole of it: clients, a gateway, the function. */
final class Site implements AutoCloseable {

    private final LocalGateway gateway;
    private final Runnable closeFunction;

    /** A gateway before a function, which is closed with it. */
    Site(RequestStreamHandler function, Runnable closeFunction) throws IOException {
        this.closeFunction = closeFunction;
        List<String> routes = new ArrayList<>(List.of(Ledger.MESSAGES));
        routes.addAll(List.of("$connect", "$disconnect"));
        gateway = LocalGateway.builder(function)
                .port(0)
                .routes(routes.toArray(String[]::new))
                .twoWay(Ledger.MESSAGES)
                .start();
    }

    /** A gateway before the function in this JVM, with its state in a store. */
    static Site on(String dsn) throws IOException {
        LedgerHandler function = new LedgerHandler(dsn, Duration.ZERO);
        return new Site(function, function::close);
    }

    /** A gateway before functions in processes of their own, one for each clock that is wrong by so much. */
    static Site on(String dsn, List<Duration> skews) throws IOException {
        FunctionPool pool = new FunctionPool();
        Site site = new Site(pool, pool::close);
        for (Duration skew : skews) {
            pool.start(
                    1,
                    DeployedFunction.of(LedgerHandler.class).dsn(dsn).environment("IT_CLOCK_SKEW", skew.toString()),
                    site.gateway.endpoint());
        }
        return site;
    }

    /** Lets one client in: the first call makes the table or bucket, and wakes servers that run on Java. */
    static void warmUp(String dsn) throws IOException {
        try (Site site = on(dsn)) {
            site.connect().ask("add");
        }
    }

    LedgerClient connect() {
        return new LedgerClient(gateway.uri());
    }

    @Override
    public void close() {
        gateway.close();
        closeFunction.run();
    }
}
