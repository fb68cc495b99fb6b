// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.gateway;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The command line's options. */
final class Options {

    static final String HELP = """
        Runs a Lambda handler in this JVM, behind an API Gateway WebSocket API on this machine.

          --handler CLASS               the handler, a RequestStreamHandler on the class path; required
          --host NAME                   the name or address to listen at, 0.0.0.0 for any; default localhost
          --port N                      the port, 0 for any that is free; default 8080
          --stage NAME                  the stage, the first part of the path; default dev
          --route KEY[,KEY...]          the API's routes, repeatable; default $connect,$default,$disconnect
          --two-way KEY[,KEY...]        routes whose answers are sent to the client, repeatable; default none
          --route-selection EXPRESSION  how a message's route is found; default $request.body.action
          --authorizer CLASS            the API's REQUEST authorizer, a handler too, perhaps the same; default none
          --identity-source SOURCE[,SOURCE...]
                                        what the authorizer is not asked without, repeatable:
                                        route.request.header.NAME or route.request.querystring.NAME
          --static DIR                  a folder of files to serve at /
          --timeout SECONDS             the function's timeout; default 30
          --help                        prints this
        """;

    private static final RequestStreamHandler NOTHING = (input, output, context) -> {};

    private final List<Consumer<LocalGateway.Builder>> settings = new ArrayList<>();
    private final List<String> routes = new ArrayList<>();
    private final List<String> twoWay = new ArrayList<>();
    private final List<String> identitySources = new ArrayList<>();
    private @Nullable String handler;
    private @Nullable String authorizer;
    private boolean help;
    private boolean hasPage;

    private Options() {}

    static Options parse(String... arguments) throws UsageException {
        Options options = new Options();
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        while (!rest.isEmpty()) {
            options.take(rest);
        }
        if (options.handler == null && !options.help) {
            throw new UsageException("--handler is missing: name the handler's class.");
        }
        if (options.authorizer == null && !options.identitySources.isEmpty()) {
            throw new UsageException("--identity-source is for an authorizer: name its class with --authorizer.");
        }
        // Tried on handlers that do nothing, so that a wrong option is told before the real ones open their stores.
        options.configure(NOTHING, NOTHING);
        return options;
    }

    private void take(Deque<String> rest) throws UsageException {
        String option = rest.pop();
        int equals = option.startsWith("--") ? option.indexOf('=') : -1;
        if (equals >= 0) {
            rest.push(option.substring(equals + 1));
            option = option.substring(0, equals);
        }
        if (option.equals("--help")) {
            help = true;
        } else {
            set(option, rest);
        }
    }

    private void set(String option, Deque<String> rest) throws UsageException {
        switch (option) {
            case "--handler" -> handler = value(option, rest);
            case "--route" -> routes.addAll(List.of(value(option, rest).split(",")));
            case "--authorizer" -> authorizer = value(option, rest);
            case "--identity-source" ->
                identitySources.addAll(List.of(value(option, rest).split(",")));
            case "--two-way" -> twoWay.addAll(List.of(value(option, rest).split(",")));
            case "--port" -> {
                int port = number(option, value(option, rest), 0, 65_535);
                settings.add(gateway -> gateway.port(port));
            }
            case "--timeout" -> {
                int seconds = number(option, value(option, rest), 1, 900);
                settings.add(gateway -> gateway.timeout(Duration.ofSeconds(seconds)));
            }
            case "--host" -> add(value(option, rest), LocalGateway.Builder::host);
            case "--stage" -> add(value(option, rest), LocalGateway.Builder::stage);
            case "--route-selection" -> add(value(option, rest), LocalGateway.Builder::routeSelectionExpression);
            case "--static" -> {
                add(value(option, rest), (gateway, folder) -> gateway.staticFiles(Path.of(folder)));
                hasPage = true;
            }
            default -> throw new UsageException("Unknown option: " + option + ".");
        }
    }

    private <T> void add(T value, BiConsumer<LocalGateway.Builder, T> setting) {
        settings.add(gateway -> setting.accept(gateway, value));
    }

    private static String value(String option, Deque<String> rest) throws UsageException {
        if (rest.isEmpty() || rest.peek().startsWith("--")) {
            throw new UsageException(option + " needs a value.");
        }
        return rest.pop();
    }

    private static int number(String option, String value, int min, int max) throws UsageException {
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // as good as out of range
        }
        throw new UsageException(option + " needs a number from " + min + " to " + max + ", not '" + value + "'.");
    }

    boolean isHelp() {
        return help;
    }

    /** Whether there are files to look at in a browser. */
    boolean hasPage() {
        return hasPage;
    }

    String handler() {
        return handler == null ? "" : handler;
    }

    /** The authorizer's class; null if there is none. */
    @Nullable
    String authorizer() {
        return authorizer;
    }

    /** A gateway as the options say; the authorizer counts if they name one. */
    LocalGateway.Builder configure(RequestStreamHandler handler, RequestStreamHandler authorizing)
            throws UsageException {
        LocalGateway.Builder gateway = LocalGateway.builder(handler);
        try {
            if (authorizer != null) {
                gateway.authorizer(authorizing, identitySources.toArray(String[]::new));
            }
            settings.forEach(setting -> setting.accept(gateway));
            if (!routes.isEmpty()) {
                gateway.routes(routes.toArray(String[]::new));
            }
            gateway.twoWay(twoWay.toArray(String[]::new)).routeTable();
            return gateway;
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
