// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import dev.mooring.json.Json;
import dev.mooring.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that a server hands out and renews: to a function with SnapStart, whose environment is older than its
 * credentials. They are kept until shortly before they expire, and until they expire where the server fails. Thread-safe.
 *
 * <p>Sources: AWS Lambda Developer Guide, {@code snapstart-activate}; AWS SDKs and Tools Reference Guide, {@code
 * feature-container-credentials}, which says which hosts are asked without TLS too.
 */
final class ContainerCredentials implements CredentialsProvider {

    private static final Pattern WITHOUT_TLS =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|169\\.254\\.170\\.23?|\\[fd00:ec2::23]");

    private static final Duration MARGIN = Duration.ofMinutes(1);

    /** How long to wait before the server is asked again for what it would not give. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAX_ANSWER = 16 * 1024;

    private final URI uri;
    private final String token;
    private final InstantSource clock;
    private @Nullable Credentials kept;
    private Instant renewal = Instant.MIN;
    private Instant expiry = Instant.MIN;

    /** Prepares to ask a server; what is wrong with its URI or the token is not repeated. */
    ContainerCredentials(String uri, String token, InstantSource clock) {
        this.uri = checked(uri);
        this.token = token;
        this.clock = clock;
        if (!token.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException(
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN has a line break or other character that no header can hold.");
        }
    }

    private static URI checked(String text) {
        try {
            URI uri = new URI(text);
            String host = uri.getHost();
            boolean secure = "https".equals(uri.getScheme());
            boolean local = "http".equals(uri.getScheme());
            if (host != null && (secure || (local && WITHOUT_TLS.matcher(host).matches()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // the same error
        }
        throw new IllegalArgumentException(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI is neither an https URL nor an http URL of"
                        + " this machine. Lambda sets it; elsewhere leave it, or set AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY instead.");
    }

    @Override
    public synchronized Credentials get() {
        Instant now = clock.instant();
        Credentials known = kept;
        if (known != null && now.isBefore(renewal)) {
            return known;
        }
        renewal = now.plus(PAUSE);
        try {
            return renewed(now);
        } catch (IllegalStateException e) {
            if (known != null && now.isBefore(expiry)) {
                return known;
            }
            kept = null;
            throw e;
        }
    }

    private Credentials renewed(Instant now) {
        Map<String, String> answer = answer();
        try {
            Credentials credentials = new Credentials(
                    answer.getOrDefault("AccessKeyId", ""),
                    answer.getOrDefault("SecretAccessKey", ""),
                    answer.get("Token"));
            String expiration = answer.get("Expiration");
            expiry = expiration == null ? Instant.MAX : Instant.parse(expiration);
            if (expiry.minus(MARGIN).isAfter(now)) {
                renewal = expiry.minus(MARGIN);
            }
            kept = credentials;
            return credentials;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw failure("answered what are no credentials", null);
        }
    }

    private Map<String, String> answer() {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setRequestProperty("Authorization", token);
            int status = connection.getResponseCode();
            if (status != 200) {
                connection.disconnect();
                throw failure("answered " + status, null);
            }
            try (InputStream body = connection.getInputStream()) {
                return Values.texts(Json.parse(new String(body.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8)));
            }
        } catch (JsonException e) {
            throw failure("answered what are no credentials", null);
        } catch (IOException e) {
            throw failure("did not answer", e);
        }
    }

    private static IllegalStateException failure(String problem, @Nullable IOException cause) {
        return new IllegalStateException(
                "There are no AWS credentials to sign with: the server that AWS_CONTAINER_CREDENTIALS_FULL_URI names "
                        + problem + ".",
                cause);
    }
}
