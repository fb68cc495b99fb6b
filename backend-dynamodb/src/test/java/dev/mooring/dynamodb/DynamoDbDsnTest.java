// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mooring.backend.Backend;
import dev.mooring.backend.Backends;
import dev.mooring.backend.Dsn;
import dev.mooring.backend.InvalidDsnException;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoDbDsnTest {

    @Test
    void theSchemeIsFoundOnTheClassPath() {
        try (Backend backend = Backends.open("dynamodb://chat?region=eu-west-1")) {
            assertThat(backend).isInstanceOf(DynamoDbBackend.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "", "my table", "t%20t", "täble", "table,1", "table:1"})
    void aNameThatNoTableCanHaveIsRefused(String name) {
        assertThatThrownBy(() -> open("dynamodb://" + name + "?region=eu-west-1"))
                .isInstanceOf(InvalidDsnException.class);
    }

    @Test
    void theErrorSaysWhatATableNameIs() {
        assertThatThrownBy(() -> open("dynamodb://ab"))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage(
                        "The table name of dynamodb:// must have 3 to 255 characters, which are letters A-Z and a-z,"
                                + " digits, '_', '-' and '.'.");
        assertThatThrownBy(() -> open("dynamodb://" + "x".repeat(256))).isInstanceOf(InvalidDsnException.class);
        assertThatThrownBy(() -> new DynamoDbBackend(Server.client().build(), "no/table"))
                .isInstanceOf(InvalidDsnException.class);
    }

    @Test
    void credentialsInFrontOfTheTableAreRefusedAndNotRepeated() {
        assertThatThrownBy(() -> open("dynamodb://AKIDEXAMPLE:sEcReT@chat"))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessageNotContaining("sEcReT");
    }

    @Test
    void aPathIsRefused() {
        assertThatThrownBy(() -> open("dynamodb://chat/prefix?region=eu-west-1"))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("A table has no path: write dynamodb://chat without what follows.");
    }

    @Test
    void aMistypedParameterIsRefusedWithTheListOfKnownOnes() {
        assertThatThrownBy(() -> open("dynamodb://chat?regoin=eu-west-1"))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("Unknown parameter 'regoin' for dynamodb://. Known ones: auto_create, endpoint_url, region,"
                        + " region_name, timeout, ttl.");
    }

    @ParameterizedTest
    @CsvSource({
        "dynamodb://chat?region=ap-south-1, ap-south-1",
        "dynamodb://chat?region_name=ap-south-1, ap-south-1",
        "dynamodb://chat?region=ap-south-1&region_name=ap-south-1, ap-south-1",
        "dynamodb://chat?region=, eu-central-1",
        "dynamodb://chat, eu-central-1"
    })
    void theRegionIsThatOfTheDsnOrElseOfTheEnvironment(String dsn, String region) {
        // AWS_REGION is eu-central-1 in this build
        try (DynamoDbClient client = Clients.open(Dsn.parse(dsn))) {
            assertThat(client.serviceClientConfiguration().region().id()).isEqualTo(region);
        }
    }

    @Test
    void twoRegionsAreRefused() {
        assertThatThrownBy(() -> open("dynamodb://chat?region=eu-west-1&region_name=eu-west-2"))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("The parameters 'region' and 'region_name' name different regions; give one.");
    }

    @Test
    void aRegionThatIsNoneIsRefused() {
        assertThatThrownBy(() -> open("dynamodb://chat?region=evil.example.com/"))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("The parameter 'region' of dynamodb:// must be a region such as eu-west-1.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:8000", "http://", "ftp://localhost", "http://user:sEcReT@localhost", "http://a b"})
    void anEndpointThatIsNoUrlIsRefusedAndNotRepeated(String endpoint) {
        assertThatThrownBy(() -> open("dynamodb://chat?region=eu-west-1&endpoint_url=" + endpoint))
                .isInstanceOf(InvalidDsnException.class)
                .hasMessage("The parameter 'endpoint_url' of dynamodb:// must be a URL such as http://localhost:8000.")
                .hasNoCause();
    }

    private static void open(String dsn) {
        DynamoDbBackendProvider.open(Dsn.parse(dsn), InstantSource.system()).close();
    }
}
