// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Our signatures are those of Amazon's own signer, to the byte. */
class SigV4Test {

    private static final String ALPHABET = "abcXYZ019-_=+/.~ !*'()@:$&,;%?#ë🦊";
    private static final String[] HOSTS = {
        "abcdef1234.execute-api.eu-west-1.amazonaws.com",
        "abcdef1234.execute-api.cn-north-1.amazonaws.com.cn",
        "chat.example.com",
        "chat.example.com:8443",
        "localhost:3001",
        "127.0.0.1:50000",
        "[::1]:8080"
    };
    private static final String[] PATHS = {"", "/prod", "/$default", "/v1/chat", "/a_b-c.d", "/x!y*z'(1)"};

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    @Test
    void randomRequestsAreSignedAsTheSdkSignsThem() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            Credentials credentials = new Credentials(
                    "AKIA" + random.nextInt(100_000),
                    text(random, "abcXYZ019+/=", 40),
                    random.nextBoolean() ? text(random, "abcXYZ019+/=", 400) : null);
            Endpoint endpoint = new Endpoint(
                    random.nextBoolean() ? "https" : "http", pick(random, HOSTS), pick(random, PATHS), "eu-west-1");
            Instant time = Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
            String id = text(random, ALPHABET, 1 + random.nextInt(40));
            byte[] body = new byte[random.nextInt(2_000)];
            random.nextBytes(body);
            boolean post = random.nextBoolean();
            assertSame("seed " + seed + ", id " + id, credentials, endpoint, time, id, post ? body : null);
        }
    }

    private static String pick(Random random, String[] values) {
        return values[random.nextInt(values.length)];
    }

    private static String text(Random random, String alphabet, int length) {
        int[] points = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    private void assertSame(
            String description, Credentials credentials, Endpoint endpoint, Instant time, String id, byte[] body) {
        String method = body == null ? "DELETE" : "POST";
        Map<String, String> headers = body == null ? Map.of() : Map.of("content-type", "application/json");
        String path = endpoint.connectionPath(id);
        Map<String, String> ours =
                SigV4.sign(credentials, endpoint, time, method, path, headers, body == null ? new byte[0] : body);
        assertThat(ours).as(description).isEqualTo(bySdk(credentials, endpoint, time, method, path, headers, body));
    }

    private Map<String, String> bySdk(
            Credentials credentials,
            Endpoint endpoint,
            Instant time,
            String method,
            String path,
            Map<String, String> headers,
            byte[] body) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .uri(URI.create(endpoint.scheme() + "://" + endpoint.host()))
                .encodedPath(path);
        headers.forEach(request::putHeader);
        var signed = signer.sign(sign -> sign.identity(identity(credentials))
                        .request(request.build())
                        .payload(body == null ? null : ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "execute-api")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, endpoint.region())
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC)))
                .request();
        assertThat(signed.encodedPath()).isEqualTo(path);
        Map<String, String> all = new TreeMap<>();
        signed.headers().forEach((name, values) -> all.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        assertThat(all.remove("host")).isEqualTo(endpoint.host());
        return all;
    }

    private static AwsCredentialsIdentity identity(Credentials credentials) {
        return credentials.sessionToken() == null
                ? AwsCredentialsIdentity.create(credentials.accessKeyId(), credentials.secretAccessKey())
                : AwsSessionCredentialsIdentity.create(
                        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
    }

    @Test
    void theMessageIsPartOfWhatIsSigned() {
        assertThat(signature("hi")).isEqualTo(signature("hi")).isNotEqualTo(signature("ho"));
    }

    private static String signature(String message) {
        Credentials credentials = new Credentials("id", "secret", null);
        byte[] body = message.getBytes(StandardCharsets.UTF_8);
        Endpoint endpoint = new Endpoint("https", "h", "", "eu-west-1");
        return SigV4.sign(credentials, endpoint, Instant.EPOCH, "POST", "/", Map.of(), body)
                .get("authorization");
    }
}
