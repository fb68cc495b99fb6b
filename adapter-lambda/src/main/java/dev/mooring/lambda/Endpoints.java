// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which connection API to post to. Requests to it are signed and carry what clients are to read, so that an event alone
 * can name no other host than API Gateway's own, or this machine while it is not Lambda.
 */
final class Endpoints {

    private static final Pattern EXECUTE_API =
            Pattern.compile("[a-z0-9]+\\.execute-api\\.(?<region>[a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?");
    private static final Pattern LOCAL = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?");
    private static final Pattern LOCAL_WITH_PORT = Pattern.compile("(localhost|127\\.0\\.0\\.1):[0-9]{1,5}");
    private static final Pattern STAGE = Pattern.compile("[A-Za-z0-9_-]+|\\$default");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+])(:[0-9]{1,5})?");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_$-][A-Za-z0-9_$.+!*'()-]*)*");

    private static final String USAGE = "Write https://<api id>.execute-api.<region>.amazonaws.com/<stage>, or on a"
            + " custom domain https://<domain>[/<mapping key>] without the stage; http only for this machine.";

    private final Environment environment;

    Endpoints(Environment environment) {
        this.environment = environment;
    }

    /** The endpoint for an event's clients; empty where its domain is a custom one, or none that may be trusted. */
    Optional<Endpoint> ofEvent(String domainName, String stage) {
        String host = domainName.toLowerCase(Locale.ROOT);
        if (!STAGE.matcher(stage).matches()) {
            return Optional.empty();
        }
        if (EXECUTE_API.matcher(host).matches()) {
            return Optional.of(endpoint("https", host, "/" + stage));
        }
        if (LOCAL_WITH_PORT.matcher(host).matches() && !environment.isLambda()) {
            return Optional.of(endpoint("http", host, "/" + stage));
        }
        return Optional.empty();
    }

    /** The endpoint that {@code MOORING_ENDPOINT} names; null where it is not set. */
    @Nullable
    Endpoint configured() {
        String url = environment.get("MOORING_ENDPOINT");
        try {
            return url == null ? null : of(new URI(url));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("MOORING_ENDPOINT is not a URL. " + USAGE);
        }
    }

    /** The endpoint that the user names. */
    Endpoint of(URI url) {
        String scheme = url.getScheme();
        String host = url.getRawAuthority();
        String path = url.getRawPath();
        if (scheme == null
                || host == null
                || path == null
                || !HOST.matcher(host).matches()
                || url.getPort() > 65_535
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw new IllegalArgumentException("The endpoint is no URL of host and path. " + USAGE);
        }
        return checked(scheme.toLowerCase(Locale.ROOT), host.toLowerCase(Locale.ROOT), path);
    }

    private Endpoint checked(String scheme, String host, String pathAsWritten) {
        String path = pathAsWritten.replaceFirst("/+$", "");
        if (!scheme.equals("https") && !(scheme.equals("http") && isLocal(host))) {
            throw new IllegalArgumentException("The endpoint is not https. " + USAGE);
        }
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("The endpoint's path is neither a stage nor a mapping key. " + USAGE);
        }
        if (path.isEmpty() && EXECUTE_API.matcher(host).matches()) {
            throw new IllegalArgumentException("The endpoint lacks the stage. " + USAGE);
        }
        return endpoint(scheme, host, path);
    }

    private static boolean isLocal(String host) {
        return LOCAL.matcher(host).matches();
    }

    private Endpoint endpoint(String scheme, String host, String path) {
        String defaultPort = scheme.equals("https") ? ":443" : ":80";
        String sent = host.endsWith(defaultPort) ? host.substring(0, host.length() - defaultPort.length()) : host;
        return new Endpoint(scheme, sent, path, region(scheme, sent));
    }

    private String region(String scheme, String host) {
        Matcher executeApi = EXECUTE_API.matcher(host);
        String region = executeApi.matches() ? executeApi.group("region") : environment.get("AWS_REGION");
        if (region == null && scheme.equals("http")) {
            return "us-east-1";
        }
        if (region == null) {
            throw new IllegalStateException("The region of https://" + host
                    + " is not known: set AWS_REGION, as Lambda does, to that of the API.");
        }
        return region;
    }
}
