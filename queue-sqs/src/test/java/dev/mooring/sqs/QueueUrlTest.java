// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A queue's URL says where it is reached. Here AWS_REGION is eu-central-1. */
class QueueUrlTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource({
        "https://sqs.us-west-2.amazonaws.com/123456789012/jobs, us-west-2, ",
        "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/jobs.fifo, cn-north-1, ",
        "https://queue.amazonaws.com/123456789012/jobs, eu-central-1, https://queue.amazonaws.com/",
        "https://vpce-1.sqs.eu-west-1.vpce.amazonaws.com/1/jobs, eu-central-1, https://vpce-1.sqs.eu-west-1.vpce.amazonaws.com/",
        "http://localhost:9324/000000000000/jobs, eu-central-1, http://localhost:9324/",
        "http://elasticmq:9324/queue/jobs, eu-central-1, http://elasticmq:9324/",
        "http://[::1]:9324/jobs, eu-central-1, http://[::1]:9324/",
    })
    void theHostSaysTheRegionOrIsTheEndpoint(String url, String region, URI endpoint) {
        try (SqsClient client = QueueUrl.parse(url).connect(TIMEOUT)) {
            var configuration = client.serviceClientConfiguration();
            assertThat(configuration.region().id()).isEqualTo(region);
            assertThat(configuration.endpointOverride().orElse(null)).isEqualTo(endpoint);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cr3t",
                "arn:aws:sqs:eu-west-1:123456789012:s3cr3t",
                "sqs://s3cr3t",
                "https://sqs.eu-west-1.amazonaws.com",
                "https://sqs.eu-west-1.amazonaws.com/",
                "https://user:s3cr3t@sqs.eu-west-1.amazonaws.com/1/jobs",
                "https://sqs.eu-west-1.amazonaws.com/1/jobs?s3cr3t",
                "https://sqs.eu-west-1.amazonaws.com/1/jobs#s3cr3t",
                "https://sqs.eu-west-1.amazonaws.com/1/s3cr3t jobs",
                "https:///1/s3cr3t",
            })
    void whatIsNoUrlOfAQueueIsRefusedAndNotRepeated(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqsJobQueue.open(url))
                .withMessage("This is no URL of a queue: write https://sqs.<region>.amazonaws.com/<account>/<name>, or"
                        + " where a local server has it, http://localhost:9324/000000000000/<name>.")
                .withNoCause();
    }
}
