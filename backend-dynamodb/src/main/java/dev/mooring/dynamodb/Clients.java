// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.Dsn;
import dev.mooring.backend.InvalidDsnException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * Makes the client that a DSN asks for, without a round trip. {@link Call} makes the retries.
 *
 * <p>It speaks through Apache HttpClient 5, which starts slower than {@code HttpURLConnection} but answers faster, and
 * keeps an idle connection for a minute instead of five seconds: most events find one that needs no TLS handshake.
 */
final class Clients {

    private static final Pattern REGION = Pattern.compile("[a-z0-9-]+");

    private Clients() {}

    static DynamoDbClient open(Dsn dsn) {
        return open(dsn, SystemDefaultDnsResolver.INSTANCE);
    }

    static DynamoDbClient open(Dsn dsn, DnsResolver addresses) {
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .region(region(dsn))
                .httpClientBuilder(Apache5HttpClient.builder()
                        .dnsResolver(new FewAddresses(addresses))
                        // two addresses take half of the time, which leaves some for another attempt
                        .connectionTimeout(dsn.timeout().dividedBy(4))
                        .socketTimeout(dsn.timeout()))
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()));
        endpoint(dsn).ifPresent(builder::endpointOverride);
        return builder.build();
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
            throw new InvalidDsnException("The parameter 'region' of dynamodb:// must be a region such as eu-west-1.");
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

    private static Optional<URI> endpoint(Dsn dsn) {
        Optional<String> text = dsn.text("endpoint_url");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(text.get());
            boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getUserInfo() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // the same as any other text that is no such URL; what the exception says would repeat it
        }
        throw new InvalidDsnException(
                "The parameter 'endpoint_url' of dynamodb:// must be a URL such as http://localhost:8000.");
    }
}
