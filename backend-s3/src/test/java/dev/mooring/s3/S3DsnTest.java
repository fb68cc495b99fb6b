// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.InvalidDsnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

class S3DsnTest {

    private static final String REGION = "region=eu-west-1";

    @Test
    void theSchemeIsFoundOnTheClassPath() {
        try (Backend backend = Backends.open("s3://bucket/prefix?" + REGION)) {
            assertThat(backend).isInstanceOf(S3Backend.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "my-bucket.example.com", "1a2", "a1", "x.y-z", "0-0"})
    void everyLegalBucketIsTaken(String bucket) {
        String name = bucket.length() < 3 ? bucket.repeat(31) : bucket;

        open("s3://" + name + "?" + REGION).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"My-Bucket", "ab", "a_b", "-ab", "ab-", "a..b", "192.168.0.1", "user:hidden@bucket", "b%C3%BC"})
    void anIllegalBucketIsRefused(String bucket) {
        assertThatThrownBy(() -> open("s3://" + bucket + "?" + REGION))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage(
                        "The bucket of s3:// must have a name of 3 to 63 lower-case letters, digits, dots and hyphens"
                                + " that begins and ends with a letter or digit, has no two dots in a row and is no IP"
                                + " address.");
    }

    @Test
    void aDirectoryBucketIsRefused() {
        assertThatThrownBy(() -> open("s3://chat--use1-az4--x-s3?" + REGION))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("'chat--use1-az4--x-s3' is a directory bucket (S3 Express), whose listings have no order to"
                        + " page by. Use a bucket of general purpose.");
    }

    @Test
    void aBucketMustBeNamed() {
        assertThatThrownBy(() -> open("s3:///prefix?" + REGION))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("The bucket is missing: write s3://<bucket>.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "a/../b", "..", "./a"})
    void aPrefixThatServersWouldNormaliseIsRefused(String prefix) {
        assertThatThrownBy(() -> open("s3://bucket/" + prefix + "?" + REGION))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("The prefix of keys must not have an empty segment, '.' or '..'.");
    }

    @Test
    void aPrefixThatLeavesNoRoomForKeysIsRefused() {
        open("s3://bucket/" + "é".repeat(150) + "?" + REGION).close();

        assertThatThrownBy(() -> open("s3://bucket/" + "é".repeat(151) + "?" + REGION))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("The prefix of keys must not be longer than 300 bytes, as S3 limits a key.");
    }

    @Test
    void anUnknownParameterIsRefused() {
        assertThatThrownBy(() -> open("s3://bucket?regoin=eu-west-1"))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("Unknown parameter 'regoin' for s3://. Known ones: auto_create, endpoint_url, path_style,"
                        + " region, region_name, timeout, ttl.");
    }

    @Test
    void regionNameIsTheSameAsRegion() {
        assertThat(regionOf("s3://bucket?region_name=sa-east-1")).isEqualTo("sa-east-1");
        assertThatThrownBy(() -> open("s3://bucket?region=eu-west-1&region_name=eu-west-2"))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("The parameters 'region' and 'region_name' name different regions; give one.");
    }

    @Test
    void aMalformedRegionIsRefused() {
        assertThatThrownBy(() -> open("s3://bucket?region=eu-west-1.example.com/"))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("The parameter 'region' of s3:// must be a region such as eu-west-1.");
    }

    @Test
    void theRegionComesFromTheEnvironmentWhereTheDsnHasNone() throws Exception {
        assertThat(regionIn(Map.of("AWS_REGION", "ap-south-1"))).isEqualTo("ap-south-1");
        assertThat(regionIn(Map.of())).isEqualTo("No region: add region= to the DSN, or set AWS_REGION.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:9000", "ftp://localhost", "http://", "http://user:hidden@localhost", "http://a b"})
    void anEndpointThatIsNoUrlIsRefused(String endpoint) {
        assertThatThrownBy(() -> open("s3://bucket?" + REGION + "&endpoint_url=" + endpoint))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("The parameter 'endpoint_url' of s3:// must be a URL such as http://localhost:9000, without"
                        + " user and password.");
    }

    @Test
    void pathStyleIsForEndpointsUnlessTheDsnSaysOtherwise() {
        String endpoint = "&endpoint_url=https://s3.example.com";

        assertThat(urlOf("s3://bucket?" + REGION)).isEqualTo("https://bucket.s3.eu-west-1.amazonaws.com/key");
        assertThat(urlOf("s3://bucket?" + REGION + "&path_style=true"))
                .isEqualTo("https://s3.eu-west-1.amazonaws.com/bucket/key");
        assertThat(urlOf("s3://bucket?" + REGION + endpoint)).isEqualTo("https://s3.example.com/bucket/key");
        assertThat(urlOf("s3://bucket?" + REGION + endpoint + "&path_style=false"))
                .isEqualTo("https://bucket.s3.example.com/key");
    }

    private static Backend open(String dsn) {
        return new S3BackendProvider().open(Dsn.parse(dsn));
    }

    private static String urlOf(String dsn) {
        try (S3Client client = Clients.open(Dsn.parse(dsn))) {
            return client.utilities().getUrl(r -> r.bucket("bucket").key("key")).toString();
        }
    }

    private static String regionOf(String dsn) {
        try (S3Client client = Clients.open(Dsn.parse(dsn))) {
            return client.serviceClientConfiguration().region().id();
        }
    }

    /** What another process, with another environment, takes for the region. */
    private static String regionIn(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PrintRegion.class.getName());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("AWS_CONFIG_FILE", "no-such-file");
        builder.environment().putAll(environment);
        // it ends by itself, and with it its output
        byte[] printed = builder.start().getInputStream().readAllBytes();
        return new String(printed, StandardCharsets.UTF_8).strip();
    }

    /** Run in a process of its own. */
    static final class PrintRegion {

        private PrintRegion() {}

        public static void main(String[] args) {
            try {
                System.out.println(regionOf("s3://bucket"));
            } catch (InvalidDsnException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
