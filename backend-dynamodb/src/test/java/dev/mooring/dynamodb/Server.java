// Copyright The Mooring Authors
// SPDX-License-Identifier: Apache-2.0
package dev.mooring.dynamodb;

import dev.mooring.backend.Dsn;
import dev.mooring.testsupport.DynamoDbLocal;
import dev.mooring.testsupport.ForkedJvm;
import java.net.URI;
import java.time.InstantSource;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** One DynamoDB Local for all tests of a run; it ends with the JVM. Tables keep the tests apart. */
final class Server {

    private static final ForkedJvm JVM = DynamoDbLocal.start();

    private Server() {}

    static int port() {
        return JVM.port();
    }

    static String url() {
        return JVM.url();
    }

    static String dsn(String table) {
        return dsn(table, port());
    }

    static String dsn(String table, int port) {
        return "dynamodb://" + table + "?region=eu-west-1&endpoint_url=http://localhost:" + port;
    }

    static DynamoDbBackend open(String dsn) {
        return DynamoDbBackendProvider.open(Dsn.parse(dsn), InstantSource.system());
    }

    /** A client of a user's own. */
    static DynamoDbClient client() {
        return DynamoDbClient.builder()
                .region(Region.EU_WEST_1)
                .endpointOverride(URI.create(url()))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
