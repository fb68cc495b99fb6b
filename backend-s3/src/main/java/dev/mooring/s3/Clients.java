// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.s3;

import dev.mooring.backend.Dsn;
import dev.mooring.backend.InvalidDsnException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Makes the client that a DSN asks for, without a round trip.
 *
 * <p>It speaks through Apache HttpClient 5, which starts slower than {@code HttpURLConnection} but keeps as many
 * connections as there are requests at the same time, and for a minute instead of five seconds: most events find one
 * that needs no TLS handshake.
 */
final class Clients {

    private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);

    private Clients() {}

    static S3Client open(Dsn dsn) {
        return open(dsn, SystemDefaultDnsResolver.INSTANCE);
    }

    static S3Client open(Dsn dsn, DnsResolver addresses) {
        Optional<URI> endpoint = dsn.text("endpoint_url").map(Clients::endpoint);
        S3ClientBuilder builder = S3Client.builder()
                .region(region(dsn))
                .forcePathStyle(dsn.flag("path_style", endpoint.isPresent()))
                .httpClientBuilder(http(dsn.timeout(), addresses))
                .overrideConfiguration(c -> c.retryStrategy(RetryMode.STANDARD))
                // TLS guards what is under way, and many servers that are not S3 do not know the newer checksums.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static SdkHttpClient.Builder<?> http(Duration timeout, DnsResolver addresses) {
        // two addresses take half of the time, which leaves some for another attempt
        Duration quarter = timeout.dividedBy(4);
        return Apache5HttpClient.builder()
                .dnsResolver(new FewAddresses(addresses))
                .connectionTimeout(quarter.compareTo(LONGEST_CONNECT) < 0 ? quarter : LONGEST_CONNECT)
                .socketTimeout(timeout);
    }

    private static Region region(Dsn dsn) {
        Optional<String> region = dsn.text("region");
        Optional<String> alias = dsn.text("region_name");
        if (region.isPresent() && alias.isPresent() && !region.equals(alias)) {
            throw new InvalidDsnException(
                    "The parameters 'region' and 'region_name' name different regions; give one.");
        }
        Optional<String> name = region.or(() -> alias);
        if (name.isEmpty()) {
            return regionOfEnvironment();
        }
        if (!REGION.matcher(name.get()).matches()) {
            throw new InvalidDsnException("The parameter 'region' of s3:// must be a region such as eu-west-1.");
        }
        return Region.of(name.get());
    }

    /** The SDK's own chain would ask the instance metadata service last, which is a round trip. */
    private static Region regionOfEnvironment() {
        try {
            return new AwsRegionProviderChain(new SystemSettingsRegionProvider(), new AwsProfileRegionProvider())
                    .getRegion();
        } catch (SdkClientException e) {
            throw new InvalidDsnException("No region: add region= to the DSN, or set AWS_REGION.");
        }
    }

    private static URI endpoint(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // the error is the same, and repeats nothing of the text
        }
        throw new InvalidDsnException("The parameter 'endpoint_url' of s3:// must be a URL such as"
                + " http://localhost:9000, without user and password.");
    }
}
