// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signed requests go where the user says, to API Gateway's own hosts, or to this machine; an event names nothing else. */
class EndpointsTest {

    private static final Map<String, String> LAPTOP = Map.of("AWS_REGION", "eu-central-1");
    private static final Map<String, String> LAMBDA =
            Map.of("AWS_REGION", "eu-central-1", "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001");
    private static final String USAGE = " Write https://<api id>.execute-api.<region>.amazonaws.com/<stage>, or on a"
            + " custom domain https://<domain>[/<mapping key>] without the stage; http only for this machine.";

    private static Endpoints on(Map<String, String> environment) {
        return new Endpoints(new Environment(environment));
    }

    @ParameterizedTest
    @CsvSource({
        "abcdef1234.execute-api.eu-west-1.amazonaws.com,prod,https://abcdef1234.execute-api.eu-west-1.amazonaws.com/prod,eu-west-1",
        "ABCDEF1234.Execute-Api.eu-west-1.amazonaws.com,v1_a-B,https://abcdef1234.execute-api.eu-west-1.amazonaws.com/v1_a-B,eu-west-1",
        "abcdef1234.execute-api.us-gov-west-1.amazonaws.com,$default,https://abcdef1234.execute-api.us-gov-west-1.amazonaws.com/$default,us-gov-west-1",
        "abcdef1234.execute-api.cn-north-1.amazonaws.com.cn,prod,https://abcdef1234.execute-api.cn-north-1.amazonaws.com.cn/prod,cn-north-1"
    })
    void anExecuteApiHostIsReachedUnderTheStageAndInItsRegion(
            String domainName, String stage, String url, String region) {
        Endpoint endpoint = on(LAMBDA).ofEvent(domainName, stage).orElseThrow();
        assertThat(endpoint).hasToString(url);
        assertThat(endpoint.region()).isEqualTo(region);
    }

    @ParameterizedTest
    @CsvSource({
        "chat.example.com,prod",
        "'',prod",
        "abcdef1234.execute-api.eu-west-1.amazonaws.com,''",
        "abcdef1234.execute-api.eu-west-1.amazonaws.com,a/b",
        "abcdef1234.execute-api.eu-west-1.amazonaws.com,a?b",
        "abcdef1234.execute-api.eu-west-1.amazonaws.com,..",
        "abcdef1234.execute-api.eu-west-1.amazonaws.com,$other",
        "abcdef1234.execute-api.eu-west-1.amazonaws.com:8443,prod",
        "abcdef1234.execute-api.eu-west-1.amazonaws.com.evil.example,prod",
        "evil.example/abcdef1234.execute-api.eu-west-1.amazonaws.com,prod",
        "evil.example#.execute-api.eu-west-1.amazonaws.com,prod",
        "user@abcdef1234.execute-api.eu-west-1.amazonaws.com,prod",
        "a.b.execute-api.eu-west-1.amazonaws.com,prod",
        "abcdef1234.execute-api.eu.west.amazonaws.com,prod",
        "abcdef1234.execute-api.eu-west-1.amazonaws.com.,prod",
        "abcdef1234execute-api.eu-west-1.amazonaws.com,prod",
        "169.254.169.254,prod",
        "localhost,prod",
        "localhost.evil.example:80,prod",
        "localhost:123456,prod",
        "localhost:80@evil.example,prod",
        "127.0.0.2:3001,prod"
    })
    void anyOtherHostOrStageOfAnEventIsRefused(String domainName, String stage) {
        assertThat(on(LAPTOP).ofEvent(domainName, stage)).isEmpty();
        assertThat(on(LAMBDA).ofEvent(domainName, stage)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"localhost:3001", "127.0.0.1:3001"})
    void aLocalGatewayIsReachedButNotFromLambda(String domainName) {
        assertThat(on(LAPTOP).ofEvent(domainName, "dev"))
                .hasValueSatisfying(endpoint -> assertThat(endpoint).hasToString("http://" + domainName + "/dev"));
        assertThat(on(LAMBDA).ofEvent(domainName, "dev")).isEmpty();
    }

    @Test
    void aLocalGatewayNeedsNoRegion() {
        Endpoint endpoint = on(Map.of()).ofEvent("localhost:3001", "dev").orElseThrow();
        assertThat(endpoint.region()).isEqualTo("us-east-1");
        assertThat(endpoint.isLocal()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://chat.example.com,https://chat.example.com,eu-central-1",
        "https://chat.example.com/,https://chat.example.com,eu-central-1",
        "HTTPS://Chat.Example.com:443/V1/,https://chat.example.com/V1,eu-central-1",
        "https://chat.example.com:8443/v1/chat,https://chat.example.com:8443/v1/chat,eu-central-1",
        "https://abcdef1234.execute-api.eu-west-1.amazonaws.com/prod,https://abcdef1234.execute-api.eu-west-1.amazonaws.com/prod,eu-west-1",
        "http://localhost:3001,http://localhost:3001,eu-central-1",
        "http://127.0.0.1/dev,http://127.0.0.1/dev,eu-central-1",
        "http://[::1]:80/dev,http://[::1]/dev,eu-central-1"
    })
    void theUserMayNameAnyHostOverHttps(String setting, String url, String region) {
        Endpoint endpoint = on(LAMBDA).of(URI.create(setting));
        assertThat(endpoint).hasToString(url);
        assertThat(endpoint.region()).isEqualTo(region);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chat.example.com | The endpoint is no URL of host and path.",
                "mailto:a@example.com | The endpoint is no URL of host and path.",
                "https://chat.example.com:65536 | The endpoint is no URL of host and path.",
                "https:///prod | The endpoint is no URL of host and path.",
                "https://user:s3cr3t@chat.example.com | The endpoint is no URL of host and path.",
                "https://chat.example.com?a=b | The endpoint is no URL of host and path.",
                "https://chat.example.com#a | The endpoint is no URL of host and path.",
                "http://chat.example.com | The endpoint is not https.",
                "http://localhost.evil.example/prod | The endpoint is not https.",
                "wss://chat.example.com | The endpoint is not https.",
                "https://chat.example.com/a//b | The endpoint's path is neither a stage nor a mapping key.",
                "https://chat.example.com/../b | The endpoint's path is neither a stage nor a mapping key.",
                "https://chat.example.com/%2e | The endpoint's path is neither a stage nor a mapping key.",
                "https://a1.execute-api.eu-west-1.amazonaws.com/prod/@connections |"
                        + " The endpoint's path is neither a stage nor a mapping key.",
                "https://a1.execute-api.eu-west-1.amazonaws.com | The endpoint lacks the stage.",
                "https://a1.execute-api.eu-west-1.amazonaws.com/ | The endpoint lacks the stage."
            })
    void aWrongSettingIsRefusedAtOnce(String setting, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> on(LAMBDA).of(URI.create(setting)))
                .withMessage(problem + USAGE);
    }

    @Test
    void theSettingComesFromTheEnvironment() {
        assertThat(on(LAPTOP).configured()).isNull();
        assertThat(on(Map.of("MOORING_ENDPOINT", "")).configured()).isNull();
        assertThat(on(Map.of("MOORING_ENDPOINT", "https://chat.example.com/v1", "AWS_REGION", "eu-west-1"))
                        .configured())
                .hasToString("https://chat.example.com/v1");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> on(Map.of("MOORING_ENDPOINT", "https://s3cr3t {")).configured())
                .withMessage("MOORING_ENDPOINT is not a URL." + USAGE)
                .withNoCause();
    }

    @Test
    void aCustomDomainNeedsTheRegion() {
        assertThatIllegalStateException()
                .isThrownBy(() -> on(Map.of()).of(URI.create("https://chat.example.com/v1")))
                .withMessage(
                        "The region of https://chat.example.com is not known: set AWS_REGION, as Lambda does, to that"
                                + " of the API.");
    }

    @ParameterizedTest
    @CsvSource({
        "https, api.example.com, api.example.com, 443",
        "https, api.example.com:8443, api.example.com, 8443",
        "http, localhost, localhost, 80",
        "http, 127.0.0.1:3001, 127.0.0.1, 3001",
        "http, [::1], [::1], 80",
        "http, [::1]:3001, [::1], 3001"
    })
    void aHostHasANameAndAPort(String scheme, String host, String name, int port) {
        Endpoint endpoint = new Endpoint(scheme, host, "", "eu-west-1");
        assertThat(endpoint.hostName()).isEqualTo(name);
        assertThat(endpoint.port()).isEqualTo(port);
    }
}
